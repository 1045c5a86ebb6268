using System.Security.Cryptography;
using System.Text;

namespace SecureZoom.Sandbox.Identity;

/// <summary>Somebody who can sign in. Every address counts as verified, every password is <see cref="Password"/>.</summary>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Name">Given and family name.</param>
/// <param name="OrganizationId">Auth0's <c>org_id</c>; null for a person without an organisation.</param>
/// <param name="OrganizationName">Auth0's <c>org_name</c>.</param>
/// <param name="Department">As it comes from the directory.</param>
/// <param name="Group">The one group that the directory puts the account in.</param>
public sealed record Account(
    string Email,
    string Name,
    string? OrganizationId = null,
    string? OrganizationName = null,
    string? Department = null,
    string? Group = null)
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "sandbox";

    /// <summary>The one e-mail domain of the account's organisation, as its metadata at Auth0 state it; null without an organisation.</summary>
    public string? OrganizationDomain => OrganizationId is null ? null : Email[(Email.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>The connection to Okta at Auth0 through which Acme's people sign in.</summary>
    public const string Connection = "acme-okta";

    /// <summary>The id at Okta, always the same for an address; null for whoever signs in at Auth0 itself.</summary>
    public string? OktaId { get; } = OrganizationId == "org_acme" ? $"00u{Hash(Email)[..17]}" : null;

    /// <summary>
    /// Auth0's form of a subject: the connection and the id there, or <c>auth0|</c> and 24 hexadecimal digits, always the same for an address.
    /// </summary>
    public string Subject { get; } = OrganizationId == "org_acme" ? $"okta|{Connection}|00u{Hash(Email)[..17]}" : $"auth0|{Hash(Email)[..24]}";

    private static string Hash(string email) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email)));
}
