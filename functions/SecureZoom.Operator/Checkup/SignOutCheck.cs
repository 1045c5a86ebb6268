using System.Net;

namespace SecureZoom.Operator.Checkup;

internal sealed class SignOutCheck : ICheck
{
    private static readonly string[] Needed = ["delete:sessions", "delete:refresh_tokens"];

    public string Subject => "Auth0: signing people out";

    public string Remedy => "Let the machine-to-machine application have delete:sessions and delete:refresh_tokens of the Management API and nothing else, and set its client secret.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        var (wrong, looked) = (new List<string>(), 0);
        foreach (var source in patient.Sources
            .Where(source => source is { ManagementClientId: not null, ManagementSecretName: not null, ManagementDomain: not null })
            .DistinctBy(source => (source.ManagementDomain, source.ManagementClientId)))
        {
            looked++;
            if (await patient.FindSecretAsync(source.ManagementSecretName!, cancellationToken) is not { } secret)
            {
                wrong.Add($"there is no secret {source.ManagementSecretName}");
                continue;
            }

            using var content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"), new("client_id", source.ManagementClientId!), new("client_secret", secret),
                new("audience", new Uri(source.ManagementDomain!, "api/v2/").AbsoluteUri),
            ]);
            using var response = await patient.Http.PostAsync(new Uri(source.ManagementDomain!, "oauth/token"), content, cancellationToken);
            var scopes = (string?)(await Patient.ReadAsync(response, cancellationToken))?["scope"];
            wrong.AddRange(response.StatusCode != HttpStatusCode.OK
                ? [$"{source.ManagementDomain} gives {source.ManagementClientId} no token ({(int)response.StatusCode})"]
                : scopes is null ? [] : Needed.Except(scopes.Split(' ')).Select(scope => $"{source.ManagementClientId} lacks {scope}"));
        }

        return looked == 0 ? Verdict.NotLookedAt("ManagementClientId and ManagementSecretName say who may") : Verdict.Of(wrong, "the application gets its token");
    }
}
