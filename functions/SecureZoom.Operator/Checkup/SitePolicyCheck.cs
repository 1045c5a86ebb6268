namespace SecureZoom.Operator.Checkup;

internal sealed class SitePolicyCheck : ICheck
{
    private const string Policy = "Content-Security-Policy";

    private static readonly string[] Unsafe = ["'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"];

    public string Subject => "site: CSP";

    public string Remedy => "Deploy the site again by infra/hooks/deploy-site.sh, which writes the app's and the identity provider's origins into its policy.";

    public async Task<Verdict> LookAsync(Patient patient, CancellationToken cancellationToken)
    {
        using var response = await patient.Http.GetAsync(new Uri(patient.Site, "/config.json"), cancellationToken);
        if (!response.Headers.TryGetValues(Policy, out var values))
        {
            return Verdict.Wrong($"{patient.Site} sends no {Policy}");
        }

        var directives = string.Join("; ", values).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(directive => directive.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .DistinctBy(words => words[0]).ToDictionary(words => words[0], words => words[1..]);
        var connect = Sources("connect-src");
        string[] reached = [patient.Identity.Issuers[0].Issuer, .. patient.Api is { } api ? [api.ToString()] : Array.Empty<string>()];
        return Verdict.Of(
            [
                .. reached.Select(address => new Uri(address).GetLeftPart(UriPartial.Authority)).Where(origin => !connect.Contains(origin)).Select(origin => $"connect-src has no {origin}"),
                .. Sources("script-src").Intersect(Unsafe).Select(source => $"script-src has {source}"),
                .. Sources("frame-ancestors") is ["'none'"] ? Array.Empty<string>() : ["frame-ancestors is not 'none'"],
            ],
            "scripts of its own alone, and calls to this app and identity provider");

        string[] Sources(string directive) => directives.GetValueOrDefault(directive) ?? directives.GetValueOrDefault("default-src") ?? [];
    }
}
