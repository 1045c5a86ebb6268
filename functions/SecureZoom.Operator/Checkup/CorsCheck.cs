namespace SecureZoom.Operator.Checkup;

internal sealed class CorsCheck : ICheck
{
    private const string Stranger = "https://stranger.example";

    public string Subject => "CORS";

    public string Remedy => "Let the app allow the site's origin and no other: azd provision sets it from the site's address, local.settings.json has it under Host:CORS.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        if (patient.Api is null)
        {
            return Verdict.NotLookedAt("--api says where the app is");
        }

        var site = patient.Site.GetLeftPart(UriPartial.Authority);
        var allowed = await AskAsync(patient, site, cancellationToken);
        var others = await AskAsync(patient, Stranger, cancellationToken);
        return Verdict.Of(
            [
                .. allowed == site ? Array.Empty<string>() : [$"the app does not let in the site, {site}"],
                .. others is Stranger or "*" ? ["the app lets in whoever asks"] : Array.Empty<string>(),
            ],
            $"the app lets in {site} alone");
    }

    /// <summary>What a browser asks before a call with a token.</summary>
    private static async Task<string?> AskAsync(Patient patient, string origin, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(patient.Api!, "me"));
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "GET");
        request.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var response = await patient.Http.SendAsync(request, cancellationToken);
        return response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.First() : null;
    }
}
