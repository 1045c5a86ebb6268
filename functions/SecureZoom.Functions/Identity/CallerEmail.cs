namespace SecureZoom.Functions.Identity;

/// <summary>What a token's address is worth in the token's organisation.</summary>
/// <param name="Address">The verified address, where it counts; null for one in a domain that is another organisation's.</param>
/// <param name="OrganizationDomains">The organisation's own e-mail domains, in lower case; none where nobody states them.</param>
internal sealed record CallerEmail(EmailAddress? Address, IReadOnlyList<string> OrganizationDomains);
