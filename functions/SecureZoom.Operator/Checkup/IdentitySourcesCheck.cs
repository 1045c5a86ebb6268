using System.Net;
using System.Net.Mime;
using System.Text;
using SecureZoom.Functions.IdentityEvents;

namespace SecureZoom.Operator.Checkup;

internal sealed class IdentitySourcesCheck : ICheck
{
    public string Subject => "identity events";

    public string Remedy => "Let the source's secret be the one that Okta or Auth0 sends in Authorization, and no other source's: docs/operate.md, Connect an identity provider.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (patient.Sources.Count == 0)
        {
            return Verdict.NotLookedAt("IdentityEvents names a source: until then nobody's access ends here by itself");
        }

        var wrong = new List<string>();
        foreach (var source in patient.Sources)
        {
            if (await ProblemAsync(patient, source, cancellationToken) is { } problem)
            {
                wrong.Add($"{source.Name} {problem}");
            }
        }

        return Verdict.Of(wrong, $"{string.Join(", ", patient.Sources.Select(source => source.Name))}");
    }

    private static async Task<string?> ProblemAsync(Patient patient, IdentitySource source, CancellationToken cancellationToken)
    {
        if (await patient.FindSecretAsync(source.SecretName, cancellationToken) is not { } secret)
        {
            return $"has no secret {source.SecretName}";
        }

        if (patient.Api is null)
        {
            return null;
        }

        // The secret is looked at before the body, which is none: it is refused as malformed, and nothing is recorded.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(patient.Api, $"identity-events/{source.Type}"))
        {
            Content = new StringContent("{", Encoding.UTF8, MediaTypeNames.Application.Json),
        };
        request.Headers.TryAddWithoutValidation("Authorization", secret);
        using var response = await patient.Http.SendAsync(request, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.BadRequest => null,
            HttpStatusCode.Unauthorized => "is refused: the app has another secret",
            var status => $"is answered {(int)status} by the app",
        };
    }
}
