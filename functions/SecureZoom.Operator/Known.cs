using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Identity;
using SecureZoom.Verification;

namespace SecureZoom.Operator;

/// <summary>Shows what was found wrong with trails, and says on record that some of it is known.</summary>
internal static class Known
{
    public const string Usage = """
        script/known show [--organization ORG]
        script/known add FINDING [FINDING ...] --organization ORG --reason TEXT
        """;

    private const string Command = "script/known";

    /// <returns>0, or 1 where there is no such finding; then nothing is said of the others either.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<IHost> open, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new Options(arguments, Usage);
        options.Allow("--organization", "--reason");
        var organization = options.Has("--organization") ? Of(options.Required("--organization")) : null;
        switch (options.Words)
        {
            case ["show"] when !options.Has("--reason"):
                {
                    using var product = await open.OpenAsync(cancellationToken);
                    await ShowAsync(product.Services.GetRequiredService<TrailFindings>(), organization, output, cancellationToken);
                    return 0;
                }

            case ["add", _, ..] when organization is not null:
                {
                    var reason = options.Required("--reason");
                    using var product = await (reason.Length <= KnownFindings.MaxReason ? open : throw new UsageException(Usage)).OpenAsync(cancellationToken);
                    return await AddAsync(product.Services, organization, [.. options.Words.Skip(1)], reason, output, cancellationToken);
                }

            default:
                throw new UsageException(Usage);
        }
    }

    /// <summary>All of one trail; of all trails what nobody has said of that it is known. It shows no more than the log does.</summary>
    private static async Task ShowAsync(TrailFindings findings, string? organization, TextWriter output, CancellationToken cancellationToken)
    {
        var shown = organization is null
            ? await findings.ReadOpenAsync(cancellationToken).ToListAsync(cancellationToken)
            : [.. (await findings.ReadAsync(organization, cancellationToken)).Select(finding => (organization, finding))];
        foreach (var (whose, finding) in shown)
        {
            var known = finding.KnownSince is { } since ? string.Create(CultureInfo.InvariantCulture, $" (known since {since:u})") : "";
            await output.WriteLineAsync(PlainText.Of(string.Create(
                CultureInfo.InvariantCulture, $"{whose} {finding.Id} {finding.Code}, found {finding.FoundAt:u}: {finding.Detail}{known}")));
        }
    }

    private static async Task<int> AddAsync(
        IServiceProvider services, string organization, IReadOnlyList<string> ids, string reason, TextWriter output, CancellationToken cancellationToken)
    {
        var there = (await services.GetRequiredService<TrailFindings>().ReadAsync(organization, cancellationToken)).Select(finding => finding.Id);
        if (ids.Except(there, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
        {
            await output.WriteLineAsync(PlainText.Of($"There is no such finding: {string.Join(", ", missing)}"));
            return 1;
        }

        var said = await services.GetRequiredService<KnownFindings>()
            .AcknowledgeAsync(organization, ids, reason, await services.ReadRunnerAsync(Command, cancellationToken), cancellationToken);
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            await output.WriteLineAsync($"{id} {(said.Contains(id) ? "is known" : "was known before")}");
        }

        return 0;
    }

    /// <summary>An organisation, or the trail of what is nobody's.</summary>
    private static string Of(string organization) =>
        OrganizationId.IsValid(organization) || organization == OrganizationId.Unassigned ? organization : throw new UsageException(Usage);
}
