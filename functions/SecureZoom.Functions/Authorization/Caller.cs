using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Authorization;

/// <summary>Who is calling, as their access token says and nothing else.</summary>
/// <param name="Issuer">The token's issuer; with the subject it names the person.</param>
/// <param name="Subject">The token's subject.</param>
/// <param name="Organization">The organisation that the issuer speaks for here; null for a person without one.</param>
/// <param name="Email">The address as asserted; see <see cref="VerifiedEmail"/> for the one that counts.</param>
/// <param name="EmailVerified">Whether the token says that the address is verified.</param>
/// <param name="VerifiedEmail">The only address that invitations look at: verified, and in no other organisation's domain.</param>
/// <param name="EmailDomains">The organisation's own e-mail domains, in lower case.</param>
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
    IReadOnlyList<string> EmailDomains,
    string? Department,
    IReadOnlyList<string> Groups,
    IReadOnlySet<string> Permissions,
    bool HostingNeedsMfa)
{
    /// <summary>The only address that hosting looks at: verified, and in the organisation's own domains.</summary>
    public EmailAddress? HostEmail => VerifiedEmail is { } email && EmailDomains.Contains(email.Domain) ? email : null;

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

    public bool May(string permission) => Permissions.Contains(permission);

    /// <exception cref="AccessException">The caller belongs to no organisation, or does not have the permission there.</exception>
    public void Require(string permission)
    {
        if (Organization is null)
        {
            throw new AccessException(AccessError.OrganizationRequired, "Sign in to an organisation.");
        }

        if (!May(permission))
        {
            throw new AccessException(AccessError.InsufficientScope, $"Needs {permission}.");
        }
    }
}
