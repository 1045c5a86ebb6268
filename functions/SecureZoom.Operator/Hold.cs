using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;

namespace SecureZoom.Operator;

/// <summary>Puts on hold what must not be erased, shows what is, and lifts it again.</summary>
internal static class Hold
{
    public const string Usage = """
        script/hold add --organization ORG (--person PERSON | --records FIRST-LAST) --reason TEXT
        script/hold show --organization ORG
        script/hold remove HOLD --organization ORG --reason TEXT
        """;

    private const string Command = "script/hold";

    /// <returns>0, or 1 where there is no such hold, or nothing left to hold.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<IHost> open, TextWriter output, CancellationToken cancellationToken)
    {
        var options = new Options(arguments, Usage);
        options.Allow("--organization", "--person", "--records", "--reason");
        var organization = options.Organization;
        switch (options.Words)
        {
            case ["add"]:
                {
                    var reason = options.Required("--reason");
                    var (person, range) = What(options);
                    using var product = await open.OpenAsync(cancellationToken);
                    var beginning = await product.Services.GetRequiredService<TrailBeginnings>().ReadAsync(organization, cancellationToken);
                    if (range is { } records && records.First <= beginning.Size)
                    {
                        await output.WriteLineAsync(string.Create(
                            CultureInfo.InvariantCulture, $"Records 1 to {beginning.Size} were let go by record {beginning.Authority}: nothing of them can be put on hold any more"));
                        return 1;
                    }

                    var added = await product.Services.GetRequiredService<LegalHolds>()
                        .AddAsync(organization, person, range, reason, await product.Services.ReadRunnerAsync(Command, cancellationToken), cancellationToken);
                    await output.WriteLineAsync($"{added.Id} is on {added.What}");
                    // As it is now: what was said to go goes, whoever is in it.
                    beginning = await product.Services.GetRequiredService<TrailBeginnings>().ReadAsync(organization, cancellationToken);
                    if (beginning.Size > 0 && (range is not { } held || held.First <= beginning.Size))
                    {
                        await output.WriteLineAsync(string.Create(
                            CultureInfo.InvariantCulture,
                            $"It does not reach records 1 to {beginning.Size}, which were let go by record {beginning.Authority}{(beginning.GoneTo < beginning.Size ? " and will be gone within the hour" : "")}"));
                    }

                    return 0;
                }

            case ["show"]:
                {
                    using var product = await open.OpenAsync(cancellationToken);
                    var holds = product.Services.GetRequiredService<LegalHolds>();
                    var rows = await holds.ReadAsync(organization, cancellationToken);
                    foreach (var hold in (await holds.ReadRecordedAsync(organization, cancellationToken)).UnionBy(rows, hold => hold.Id))
                    {
                        var lost = rows.Any(row => row.Id == hold.Id) ? "" : " (its row is lost)";
                        await output.WriteLineAsync(PlainText.Of(string.Create(
                            CultureInfo.InvariantCulture, $"{hold.Id} on {hold.What} since {hold.Since:u}: {hold.Reason}{lost}")));
                    }

                    return 0;
                }

            case ["remove", { Length: > 0 } id]:
                {
                    var reason = options.Required("--reason");
                    using var product = await open.OpenAsync(cancellationToken);
                    var isGone = await product.Services.GetRequiredService<LegalHolds>()
                        .RemoveAsync(organization, id, reason, await product.Services.ReadRunnerAsync(Command, cancellationToken), cancellationToken);
                    await output.WriteLineAsync(isGone ? $"{id} is lifted" : "There is no such hold");
                    return isGone ? 0 : 1;
                }

            default:
                throw new UsageException(Usage);
        }
    }

    private static (string? Person, (long First, long Last)? Range) What(Options options)
    {
        if (options.Value("--person") is { } person && !options.Has("--records") && person.Trim().Length > 0)
        {
            return (person.Trim(), null);
        }

        return !options.Has("--person") && options.Value("--records")?.Split('-') is [var from, var to]
            && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first >= 1 && last >= first
                ? (null, (first, last))
                : throw new UsageException(Usage);
    }
}
