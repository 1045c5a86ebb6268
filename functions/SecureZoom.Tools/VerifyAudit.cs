using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Verification;

namespace SecureZoom.Tools;

/// <summary>Checks an NDJSON export against its checkpoints and a pinned key, offline.</summary>
internal static class VerifyAudit
{
    public const string Usage = "script/verify-audit EXPORT.ndjson --checkpoints CHECKPOINTS.json --key FINGERPRINT [--key ...]";

    /// <returns>0 when the trail is unbroken and a checkpoint covers it, else 1.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var (export, checkpoints, keys) = Parse(arguments);
        var series = CheckpointSeries.Read(await ReadCheckpointsAsync(checkpoints, cancellationToken), keys);
        var lines = await File.ReadAllLinesAsync(export, cancellationToken);
        var trailer = Trailer(lines);
        var verifier = new TrailVerifier(series, trailer.Hash, trailer.Sequence + 1);
        foreach (var line in lines.SkipLast(1))
        {
            verifier.Add(System.Text.Encoding.UTF8.GetBytes(line));
        }

        if (lines.Length - 1 != trailer.Records)
        {
            verifier.Report(new TrailProblem(
                TrailProblems.Missing, null, string.Create(CultureInfo.InvariantCulture, $"The export has {lines.Length - 1} records, its trailer says {trailer.Records}.")));
        }

        return await TellAsync(verifier.Finish(), output);
    }

    private static async Task<int> TellAsync(TrailVerdict verdict, TextWriter output)
    {
        foreach (var problem in verdict.Problems)
        {
            await output.WriteLineAsync(PlainText.Of($"{problem.Kind}: {problem.Detail}"));
        }

        var since = verdict.FirstRecordedAt is { } first ? string.Create(CultureInfo.InvariantCulture, $" since {first:u}") : "";
        var state = verdict.Valid ? "unbroken" : "BROKEN";
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{verdict.Records} records, {state}{since}"));
        await output.WriteLineAsync(verdict.CoveredTo is { } covered
            ? string.Create(CultureInfo.InvariantCulture, $"covered to record {covered.Sequence}, signed {covered.SignedAt:u}")
            : "covered by no checkpoint: nothing is proved");
        return verdict is { Valid: true, CoveredTo: not null } ? 0 : 1;
    }

    private static (string Export, string Checkpoints, IReadOnlyCollection<string> Keys) Parse(string[] arguments)
    {
        string? export = null;
        string? checkpoints = null;
        var keys = new List<string>();
        for (var index = 0; index < arguments.Length; index++)
        {
            switch (arguments[index])
            {
                case "--checkpoints" when index + 1 < arguments.Length:
                    checkpoints = arguments[++index];
                    break;
                case "--key" when index + 1 < arguments.Length:
                    keys.Add(arguments[++index]);
                    break;
                case var file when export is null && !file.StartsWith('-'):
                    export = file;
                    break;
                default:
                    throw new UsageException(Usage);
            }
        }

        return export is not null && checkpoints is not null && keys.Count > 0
            ? (export, checkpoints, keys)
            : throw new UsageException(Usage);
    }

    /// <summary>The answer of <c>GET /api/audit/checkpoints</c>, as it came.</summary>
    private static async Task<IReadOnlyList<string>> ReadCheckpointsAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            var answer = await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken);
            return [.. answer!["checkpoints"]!.AsArray().Select(checkpoint => (string)checkpoint!)];
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or InvalidOperationException or IOException)
        {
            throw new UsageException($"{file} is not an answer of /api/audit/checkpoints.");
        }
    }

    /// <summary>The export's last line: how many records, and the place in the chain before them.</summary>
    private static (long Records, long Sequence, byte[] Hash) Trailer(string[] lines)
    {
        try
        {
            var trailer = JsonNode.Parse(lines[^1])!["trailer"]!;
            var before = trailer["before"]!;
            return ((long)trailer["records"]!, (long)before["sequence"]!, Convert.FromHexString((string)before["hash"]!));
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or InvalidOperationException
            or FormatException or IndexOutOfRangeException)
        {
            throw new UsageException("The export has no trailer: it is not whole.");
        }
    }
}
