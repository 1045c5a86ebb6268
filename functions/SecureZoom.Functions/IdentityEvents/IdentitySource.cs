using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>An identity provider's account that tells us its events, and the organisations that it may speak for.</summary>
/// <param name="Type">One of <see cref="IdentitySourceTypes"/>.</param>
/// <param name="Organizations">Organisation ids, or <c>*</c> for all.</param>
/// <param name="SecretName">The secret that its calls carry.</param>
/// <param name="Issuer">The issuer whose tokens its people have.</param>
/// <param name="Connection">The connection through which Okta's people sign in at Auth0; null where none of them does.</param>
/// <param name="OktaDomain">Where Okta's System Log is read; null where it is not.</param>
/// <param name="TokenSecretName">The secret of the token that reads it.</param>
public sealed record IdentitySource(
    string Type, IReadOnlyList<string> Organizations, string SecretName, string Issuer, string? Connection, Uri? OktaDomain, string? TokenSecretName)
{
    /// <summary>The client that signs people out at Auth0 through its Management API; null where none does.</summary>
    public string? ManagementClientId { get; init; }

    /// <summary>The secret of that client.</summary>
    public string? ManagementSecretName { get; init; }

    /// <summary>The tenant's own domain, which that API is at, also where people sign in at another.</summary>
    public Uri? ManagementDomain { get; init; }

    /// <summary>Its one organisation; null where it speaks for several.</summary>
    public string? OnlyOrganization => Organizations is [var only] && only != TrustedIssuer.EveryOrganization ? only : null;

    /// <summary>What the list and the trail call it.</summary>
    public string Name => $"{Type}:{SecretName}";

    /// <summary>
    /// Whose tokens it can end: nobody else's people have the subjects of its own connection; at Auth0 every organisation has people.
    /// </summary>
    public string Reach => Type == IdentitySourceTypes.Okta || MaySpeakForAll
        ? EndedAccessChange.Everywhere
        : string.Join(' ', Organizations.Order(StringComparer.Ordinal));

    private bool MaySpeakForAll => Organizations.Contains(TrustedIssuer.EveryOrganization, StringComparer.Ordinal);

    public bool MaySpeakFor(string organization) => MaySpeakForAll || Organizations.Contains(organization, StringComparer.Ordinal);

    /// <summary>The subject that tokens have of one of Okta's people, as Auth0 makes it from its connection; null without one.</summary>
    public string? SubjectOf(string? oktaId) => Connection is null || string.IsNullOrEmpty(oktaId) ? null : $"{SubjectPrefix}{oktaId}";

    /// <summary>Whether a subject is of one of Okta's people.</summary>
    public bool HasPerson(string subject) => Connection is not null && subject.StartsWith(SubjectPrefix, StringComparison.Ordinal);

    private string SubjectPrefix => $"okta|{Connection}|";
}
