using System.Net;

namespace SecureZoom.Operator.Checkup;

internal sealed class SiteCheck : ICheck
{
    public string Subject => "site: its configuration";

    public string Remedy => "Deploy the site again (azd up does), so that its config.json names this app and this identity provider.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        using var response = await patient.Http.GetAsync(new Uri(patient.Site, "/config.json"), cancellationToken);
        var config = await Patient.ReadAsync(response, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK || config is null)
        {
            return Verdict.Wrong($"{patient.Site} answers {(int)response.StatusCode} for its config.json");
        }

        var issuer = patient.Identity.Issuers[0];
        var domain = ((string?)config["auth0"]?["domain"] ?? "").TrimEnd('/');
        var wrong = new List<string>();
        if (patient.Api is { } api && ((string?)config["apiUrl"] ?? "").TrimEnd('/') != api.ToString().TrimEnd('/'))
        {
            wrong.Add("its apiUrl is not the app's");
        }

        if ((domain.Contains("://", StringComparison.Ordinal) ? domain : $"https://{domain}") != issuer.Issuer.TrimEnd('/'))
        {
            wrong.Add("its auth0.domain is not the issuer's");
        }

        if ((string?)config["auth0"]?["audience"] != issuer.Audience)
        {
            wrong.Add("its auth0.audience is not Auth0:Audience");
        }

        return Verdict.Of(wrong, $"{patient.Site} names this app and this identity provider");
    }
}
