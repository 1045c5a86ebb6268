using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Operator.Checkup;

internal sealed class TokenCheck : ICheck
{
    public string Subject => "token of whoever asks";

    public string Remedy => "Deploy infra/auth0 again (the Action writes the claims), sign in to an organisation, and let the organisation's metadata have its email_domains.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (patient.Token is null)
        {
            return Verdict.NotLookedAt("SECUREZOOM_TOKEN holds one, as `auth0 test token` gives it");
        }

        try
        {
            var token = await ValidateAsync(patient, cancellationToken);
            var names = patient.Identity.Claims;
            string[] missing =
            [
                .. Missing(token.Organization is null, names.Organization),
                .. Missing(string.IsNullOrEmpty(token.Email), names.Email),
                .. Missing(token.VerifiedEmail is null, $"{names.EmailVerified} that is true"),
                .. Missing(token.Groups.Count + token.Permissions.Count == 0, $"{names.Groups} or permissions"),
                .. Missing(string.IsNullOrEmpty(token.Name), names.Name),
                .. Missing(token.Session is null, ClaimNames.Session),
                .. Missing(token.SignedInAt is null, ClaimNames.SignedInAt),
            ];
            return Verdict.Of([.. missing.Select(claim => $"it has no claim {claim}")], $"it is taken, for {token.Organization?.Id}");
        }
        catch (IdentityException exception)
        {
            // A fixed text, never anything out of the token.
            return Verdict.Wrong($"it is refused: {exception.Message}");
        }
    }

    /// <exception cref="IdentityException">It is refused.</exception>
    internal static async Task<VerifiedToken> ValidateAsync(Patient patient, CancellationToken cancellationToken)
    {
        var issuers = await patient.IssuersAsync(cancellationToken);
        var validator = new TokenValidator(patient.Identity, issuers, DiscoveryDocuments.Create(), patient.Time, NullLogger<TokenValidator>.Instance);
        return await validator.ValidateAsync(patient.Token!, cancellationToken);
    }

    private static IEnumerable<string> Missing(bool isMissing, string claim) => isMissing ? [claim] : [];
}
