using System.Net;
using System.Net.Http.Headers;

namespace SecureZoom.Operator.Checkup;

internal sealed class SystemLogCheck : ICheck
{
    public string Subject => "Okta: System Log";

    public string Remedy => "Make an API token of a Read-only Administrator at Okta, and set it as the secret that TokenSecretName names.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var (wrong, looked) = (new List<string>(), 0);
        foreach (var source in patient.Sources.Where(source => source is { OktaDomain: not null, TokenSecretName: not null }))
        {
            looked++;
            if (await patient.FindSecretAsync(source.TokenSecretName!, cancellationToken) is not { } token)
            {
                wrong.Add($"there is no secret {source.TokenSecretName}");
                continue;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(source.OktaDomain!, "api/v1/logs?limit=1"));
            request.Headers.Authorization = new AuthenticationHeaderValue("SSWS", token);
            using var response = await patient.Http.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                wrong.Add($"{source.OktaDomain} answers {(int)response.StatusCode}");
            }
        }

        return looked == 0 ? Verdict.NotLookedAt("OktaDomain and TokenSecretName say where it is") : Verdict.Of(wrong, "it can be read");
    }
}
