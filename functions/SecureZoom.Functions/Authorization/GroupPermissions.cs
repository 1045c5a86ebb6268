using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Authorization;

/// <summary>What groups allow (<c>Authorization:*</c>), and where.</summary>
public sealed class GroupPermissions
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Defaults = new(StringComparer.Ordinal)
    {
        ["zoom-admins"] = [Permissions.MeetingsJoin, Permissions.MeetingsHost, Permissions.MeetingsManage, Permissions.AuditRead, Permissions.AccessRevoke],
        ["zoom-hosts"] = [Permissions.MeetingsJoin, Permissions.MeetingsHost],
        ["employees"] = [Permissions.MeetingsJoin],
        ["contractors"] = [],
        ["auditors"] = [Permissions.AuditRead],
        ["platform-operators"] = [Permissions.AuditReadAny],
    };

    private const int MaxGroups = 200;

    private readonly Dictionary<string, IReadOnlyList<string>> _groups;

    private GroupPermissions(Dictionary<string, IReadOnlyList<string>> groups, string? operatorOrganization, bool hostRequiresMfa)
    {
        _groups = groups;
        OperatorOrganization = operatorOrganization;
        HostRequiresMfa = hostRequiresMfa;
    }

    /// <summary>The organisation of those who operate all of this; null where none is named.</summary>
    internal string? OperatorOrganization { get; }

    /// <summary>Whether hosting asks for <c>mfa</c> among the token's <c>amr</c> (RFC 8176).</summary>
    private bool HostRequiresMfa { get; }

    /// <summary>Groups that settings name replace or extend the defaults, one by one.</summary>
    internal static GroupPermissions Read(SettingsReader settings)
    {
        var groups = new Dictionary<string, IReadOnlyList<string>>(Defaults, StringComparer.Ordinal);
        foreach (var item in settings.Items("Authorization:Groups"))
        {
            var permissions = settings.List($"{item}:Permissions");
            if (permissions.Any(permission => !Permissions.All.Contains(permission)))
            {
                settings.AddError($"{item}:Permissions", $"may hold {string.Join(", ", Permissions.All)}");
            }

            groups[settings.Required($"{item}:Name")] = permissions;
        }

        var operators = settings.Optional("Authorization:OperatorOrganization");
        if (operators is not null && !OrganizationId.IsValid(operators))
        {
            settings.AddError("Authorization:OperatorOrganization", "is not an organisation's id");
        }

        return new GroupPermissions(groups, operators, settings.Flag("Authorization:HostRequiresMfa"));
    }

    /// <summary>The person that a token speaks of, with what it allows them.</summary>
    /// <param name="email">Null while it is not known what the address is worth.</param>
    /// <exception cref="AccessException">The token has more groups than are looked at.</exception>
    internal Caller CallerOf(VerifiedToken token, CallerEmail? email)
    {
        if (token.Groups.Count > MaxGroups)
        {
            throw new AccessException(
                AccessError.TooManyGroups, $"The token has more than {MaxGroups} groups: have only those sent that SecureZoom knows.");
        }

        var granted = For(token.Organization?.Id, token.Groups, token.Permissions);
        var needsMfa = HostRequiresMfa && !token.HasSecondFactor && granted.Contains(Permissions.MeetingsHost);
        if (needsMfa)
        {
            granted.Remove(Permissions.MeetingsHost);
        }

        return new Caller(
            token.Issuer,
            token.Subject,
            token.Organization,
            token.Name,
            token.Email,
            token.VerifiedEmail is not null,
            email?.Address,
            email?.OrganizationDomains,
            token.Department,
            token.Groups,
            granted,
            needsMfa)
        {
            Session = token.Session,
            SignedInAt = token.SignedInAt,
        };
    }

    /// <summary>Those of the groups that give a permission; none when it is the token's own.</summary>
    internal IReadOnlyList<string> Giving(string permission, IReadOnlyList<string> groups) =>
        [.. groups.Where(group => _groups.GetValueOrDefault(group)?.Contains(permission, StringComparer.Ordinal) ?? false)];

    /// <summary>Whether a group gives any permission.</summary>
    internal bool Gives(string group) => _groups.GetValueOrDefault(group) is { Count: > 0 };

    /// <summary>
    /// What the token's own permissions and the groups allow together. Reading every organisation's trail is for the operators'
    /// organisation alone, whoever asserts it.
    /// </summary>
    private HashSet<string> For(string? organization, IReadOnlyList<string> groups, IReadOnlyList<string> permissions)
    {
        var granted = groups
            .SelectMany(group => _groups.GetValueOrDefault(group) ?? [])
            .Concat(permissions.Where(Permissions.All.Contains))
            .ToHashSet(StringComparer.Ordinal);
        if (OperatorOrganization is null || organization != OperatorOrganization)
        {
            granted.Remove(Permissions.AuditReadAny);
        }

        return granted;
    }
}
