namespace SecureZoom.Functions.Identity;

/// <summary>An issuer of a customer's own, which speaks for that organisation and no other.</summary>
/// <param name="Issuer">The exact <c>iss</c>: an https address (http on loopback only).</param>
/// <param name="Audience">The exact <c>aud</c>.</param>
internal sealed record CustomerIssuer(string Issuer, string Audience);
