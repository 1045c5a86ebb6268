using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What this deployment's logs are called: <c>Audit:Origin</c>.</summary>
/// <param name="Origin">A name without scheme and blanks, by custom a domain and a path: the same for ever, since checkpoints are signed under it.</param>
public sealed record AuditOptions(string Origin)
{
    /// <summary>The origin where none is set.</summary>
    public const string Local = "localhost/audit";

    private const string Setting = "Audit:Origin";
    private const int MaxLength = 200;

    /// <summary>The origin of an organisation's log: opaque to whoever does not know the organisation's id, such as a witness.</summary>
    public string LogOf(string organization) => $"{Origin}/{FolderOf(organization)}";

    /// <summary>The last part of it, 32 hex digits, which names the log where checkpoints are kept.</summary>
    public string FolderOf(string organization) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Origin}\n{organization}")).AsSpan(0, 16));

    internal static AuditOptions Read(SettingsReader settings)
    {
        var origin = settings.IsInAzure ? settings.Required(Setting) : settings.Optional(Setting, Local);
        if (origin.Length > MaxLength || !origin.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '/' or ':' or '_'))
        {
            settings.AddError(Setting, $"is not a name of letters, digits and . - / : _, {MaxLength} at most");
        }

        return new AuditOptions(origin);
    }
}
