using System.Net;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Operator.Checkup;

internal sealed class IssuersCheck : ICheck
{
    public string Subject => "identity provider";

    public string Remedy => "Set Auth0:Domain, or the issuer of a customer's row, to the domain that tokens name (a custom one, where there is one), and let this machine and the app reach it.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var (wrong, issuers) = (new List<string>(), (await patient.IssuersAsync(cancellationToken)).All);
        foreach (var issuer in issuers)
        {
            if (await ProblemAsync(patient.Http, issuer, cancellationToken) is { } problem)
            {
                wrong.Add($"{issuer.Issuer} {problem}");
            }
        }

        return Verdict.Of(wrong, $"{string.Join(", ", issuers.Select(issuer => issuer.Issuer))} with discovery and keys");
    }

    private static async Task<string?> ProblemAsync(HttpClient http, TrustedIssuer issuer, CancellationToken cancellationToken)
    {
        using var found = await http.GetAsync(issuer.MetadataAddress, cancellationToken);
        var metadata = await Patient.ReadAsync(found, cancellationToken);
        if (found.StatusCode != HttpStatusCode.OK || metadata is null)
        {
            return $"answers discovery with {(int)found.StatusCode}";
        }

        if ((string?)metadata["issuer"] != issuer.Issuer)
        {
            return "calls itself otherwise in its metadata";
        }

        if (!Uri.TryCreate((string?)metadata["jwks_uri"], UriKind.Absolute, out var address) || address.GetLeftPart(UriPartial.Authority) != new Uri(issuer.Issuer).GetLeftPart(UriPartial.Authority))
        {
            return "has its keys at another origin, or nowhere";
        }

        using var answer = await http.GetAsync(address, cancellationToken);
        var keys = await Patient.ReadAsync(answer, cancellationToken);
        return keys?["keys"]?.AsArray().Any(key => (string?)key?["kty"] == "RSA" && (string?)key["kid"] is { Length: > 0 }) == true ? null : "publishes no RSA key";
    }
}
