using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Authorization;

/// <summary>Who is calling, as their access token says and nothing else.</summary>
/// <param name="Issuer">The token's issuer; with the subject it names the person.</param>
/// <param name="Subject">The token's subject.</param>
/// <param name="Organization">The organisation that the issuer speaks for here; null for a person without one.</param>
/// <param name="Email">The address as asserted; see <see cref="VerifiedEmail"/> for the one that counts.</param>
/// <param name="EmailVerified">Whether the token says that the address is verified.</param>
/// <param name="VerifiedEmail">The address that counts: verified, and known to be in no other organisation's domain.</param>
/// <param name="EmailDomains">The organisation's own e-mail domains, in lower case; null while it is not known who owns which.</param>
/// <param name="Groups">The groups as asserted.</param>
/// <param name="Permissions">What the groups and the token allow in this organisation.</param>
/// <param name="HostingNeedsMfa">The groups allow hosting, but settings ask for a second factor that this sign-in lacked.</param>
public sealed record Caller(
    string Issuer,
    string Subject,
    CallerOrganization? Organization,
    string? Name,
    string? Email,
    bool EmailVerified,
    EmailAddress? VerifiedEmail,
    IReadOnlyList<string>? EmailDomains,
    string? Department,
    IReadOnlyList<string> Groups,
    IReadOnlySet<string> Permissions,
    bool HostingNeedsMfa)
{
    /// <summary>The session at the issuer; null where the token does not say.</summary>
    public string? Session { get; init; }

    /// <summary>When the person signed in; null where the token does not say.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>The only address that hosting looks at: verified, and in the organisation's own domains.</summary>
    public EmailAddress? HostEmail => VerifiedEmail is { } email && EmailDomains?.Contains(email.Domain) == true ? email : null;

    /// <summary>The organisation's id.</summary>
    /// <exception cref="InvalidOperationException">
    /// The caller has none: the function lets such callers in, and did not ask.
    /// </exception>
    public string OrganizationId => (Organization
        ?? throw new InvalidOperationException("The function lets callers without an organisation in.")).Id;

    /// <summary>A stable, meaningless name for this person: 32 hex digits over issuer and subject.</summary>
    public string Pseudonym => PseudonymOf(Issuer, Subject);

    /// <inheritdoc cref="Pseudonym"/>
    public static string PseudonymOf(string? issuer, string? subject) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}")).AsSpan(0, 16));

    /// <summary>Whether this is the caller's address, and counts.</summary>
    /// <exception cref="StorageUnavailableException">It is theirs, but not known to count.</exception>
    public bool HasEmail(EmailAddress address) =>
        EmailVerified && EmailAddress.Parse(Email) == address && RequireEmailDomains() is not null && VerifiedEmail is not null;

    /// <summary>The organisation's own e-mail domains, where they decide.</summary>
    /// <exception cref="StorageUnavailableException">Who owns which is not known now.</exception>
    public IReadOnlyList<string> RequireEmailDomains() =>
        EmailDomains ?? throw new StorageUnavailableException("Who owns which e-mail domain is not known.");

    /// <summary>What says whether the person's access has ended in an organisation: their own, or one whose guest they are.</summary>
    public TokenToCheck AccessIn(string? organization) => new(Issuer, Subject, organization, Session, SignedInAt);

    public bool May(string permission) => Permissions.Contains(permission);

    /// <exception cref="AccessException">The caller belongs to no organisation, or has none of the permissions there.</exception>
    public void Require(params IReadOnlyList<string> anyOf)
    {
        if (Organization is null)
        {
            throw new AccessException(AccessError.OrganizationRequired, "Sign in to an organisation.");
        }

        if (anyOf.Any(May))
        {
            return;
        }

        throw HostingNeedsMfa && anyOf.Contains(Authorization.Permissions.MeetingsHost)
            ? new AccessException(AccessError.MfaRequired, "Sign in with a second factor to host.")
            : new AccessException(AccessError.InsufficientScope, $"Needs {string.Join(" or ", anyOf)}.");
    }
}
