using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Webhooks.Zoom;

namespace SecureZoom.Operator.Checkup;

internal sealed class WebhookCheck : ICheck
{
    public string Subject => "Zoom: webhooks";

    public string Remedy => "Enter the Secret Token of the app's Feature page as the webhook secret, and {app}/api/webhook as the event notification endpoint, which Zoom then validates.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (patient.Api is null)
        {
            return Verdict.NotLookedAt("--api says where they go");
        }

        var wrong = new List<string>();
        foreach (var name in (await patient.ZoomAccountsAsync(cancellationToken)).All.Select(account => account.WebhookSecretName).Distinct())
        {
            if (await patient.FindSecretAsync(name, cancellationToken) is not { } secret)
            {
                wrong.Add($"there is no secret {name}");
            }
            else if (await ChallengeAsync(patient, secret, cancellationToken) is { } problem)
            {
                wrong.Add($"a challenge signed with {name} {problem}");
            }
        }

        return Verdict.Of(wrong, "the app answers a signed challenge rightly");
    }

    /// <summary>As Zoom does every 72 hours.</summary>
    private static async Task<string?> ChallengeAsync(Patient patient, string secret, CancellationToken cancellationToken)
    {
        var plain = RandomNumberGenerator.GetHexString(22);
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["event"] = "endpoint.url_validation", ["payload"] = new JsonObject { ["plainToken"] = plain } }.ToJsonString());
        var timestamp = patient.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(patient.Api!, "webhook")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("x-zm-request-timestamp", timestamp);
        request.Headers.Add("x-zm-signature", $"v0={WebhookSignature.Answer(secret, $"v0:{timestamp}:{Encoding.UTF8.GetString(body)}")}");
        using var response = await patient.Http.SendAsync(request, cancellationToken);
        var answer = await Patient.ReadAsync(response, cancellationToken);
        return (response.StatusCode, (string?)answer?["code"]) switch
        {
            (HttpStatusCode.OK, _) when (string?)answer?["encryptedToken"] == WebhookSignature.Answer(secret, plain) => null,
            (HttpStatusCode.OK, _) => "is answered wrongly",
            (HttpStatusCode.Unauthorized, "stale_timestamp") => "comes from another time, by the app's clock",
            (HttpStatusCode.Unauthorized, _) => "is refused: the app has another secret",
            var (status, _) => $"is answered {(int)status}",
        };
    }
}
