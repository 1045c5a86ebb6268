using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Tools;

/// <summary>Checks an export, or one record, against checkpoints and pinned keys, offline.</summary>
internal static class VerifyAudit
{
    public const string Usage = """
        script/verify-audit EXPORT.ndjson --checkpoints PAGE.json [--checkpoints ...] --key FINGERPRINT|VKEY [--key ...]
        script/verify-audit RECORD.json --proof RECORD.tlog-proof --key VKEY [--key ...]
        """;

    /// <returns>0 when all is right and what was asked for is proved, else 1.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var options = Parse(arguments);
        try
        {
            return options is { File: { } file, Keys.Count: > 0 }
                ? options switch
                {
                    { Checkpoints.Count: > 0, Proof: null } => await RunAsync(file, options.Checkpoints, options.Keys, output, cancellationToken),
                    { Checkpoints.Count: 0, Proof: { } proof } => await VerifyRecord.RunAsync(file, proof, options.Keys, output, cancellationToken),
                    _ => throw new UsageException(Usage),
                }
                : throw new UsageException(Usage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static async Task<int> RunAsync(
        string export, IReadOnlyList<string> pages, IReadOnlyCollection<string> keys, TextWriter output, CancellationToken cancellationToken)
    {
        var checkpoints = await ReadCheckpointsAsync(pages, cancellationToken);
        var trailer = ExportFile.ReadTrailer(export);
        var verifier = new TrailVerifier(CheckpointSeries.Read(checkpoints, keys), log: null, trailer.Before, DateTimeOffset.UtcNow);
        long records = 0;
        foreach (var line in ExportFile.ReadRecords(export))
        {
            cancellationToken.ThrowIfCancellationRequested();
            verifier.Add(RecordLine.TryRead(line, out var record) ? record : null);
            records++;
        }

        if (records != trailer.Records)
        {
            verifier.Report(TrailProblems.Missing, null, $"The export has {records} records, its trailer says {trailer.Records}.");
        }

        return await TellAsync(verifier.Finish(), trailer.Before.Size, output);
    }

    private static async Task<int> TellAsync(TrailVerdict verdict, long before, TextWriter output)
    {
        foreach (var problem in verdict.Problems)
        {
            await output.WriteLineAsync(PlainText.Of($"{problem.Code}: {problem.Detail}"));
        }

        var since = verdict.FirstRecordedAt is { } first ? $" since {first:u}" : "";
        await output.WriteLineAsync($"{verdict.Records} records, {(verdict.Valid ? "unbroken" : "BROKEN")}{since}");
        // A checkpoint of the place in front of the first record proves none of those that are here.
        var isCovered = verdict.CoveredTo is { Head.Size: var size } && (size > before || verdict.Records == 0);
        await output.WriteLineAsync(isCovered
            ? $"proved to record {verdict.CoveredTo!.Head.Size}{SignedAt(verdict.CoveredTo)}"
            : "covered by no checkpoint: nothing is proved");
        return verdict.Valid && isCovered ? 0 : 1;
    }

    private static string SignedAt(TrailCheckpoint checkpoint) =>
        checkpoint.SignedAt is { } time ? $", signed {time:u}" : ", signed at a time that only the fingerprint's key tells";

    private static Options Parse(string[] arguments)
    {
        var options = new Options();
        for (var index = 0; index < arguments.Length; index++)
        {
            switch (arguments[index])
            {
                case "--checkpoints" when index + 1 < arguments.Length:
                    options.Checkpoints.Add(arguments[++index]);
                    break;
                case "--proof" when index + 1 < arguments.Length && options.Proof is null:
                    options = options with { Proof = arguments[++index] };
                    break;
                case "--key" when index + 1 < arguments.Length:
                    options.Keys.Add(arguments[++index]);
                    break;
                case var file when options.File is null && !file.StartsWith('-'):
                    options = options with { File = file };
                    break;
                default:
                    throw new UsageException(Usage);
            }
        }

        return options;
    }

    /// <summary>The answers of <c>GET /api/audit/checkpoints</c>, as they came, the first page first.</summary>
    private static async Task<IReadOnlyList<CheckpointFile>> ReadCheckpointsAsync(IReadOnlyList<string> pages, CancellationToken cancellationToken)
    {
        var checkpoints = new List<CheckpointFile>();
        foreach (var (page, file) in pages.Index())
        {
            var (some, cursor) = await ReadPageAsync(file, cancellationToken);
            checkpoints.AddRange(some);
            if (cursor is not null && page == pages.Count - 1)
            {
                throw new UsageException($"{file} has a cursor: the page that it leads to is missing.");
            }
        }

        return checkpoints;
    }

    private static async Task<(IReadOnlyList<CheckpointFile> Checkpoints, string? Cursor)> ReadPageAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            var answer = await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken);
            var checkpoints = answer!["checkpoints"]!.AsArray()
                .Select(checkpoint => new CheckpointFile((string)checkpoint!["note"]!, (string)checkpoint["jws"]!));
            return ([.. checkpoints], (string?)answer["cursor"]);
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or InvalidOperationException or ArgumentException)
        {
            throw new UsageException($"{file} is not an answer of /api/audit/checkpoints.");
        }
    }

    private sealed record Options
    {
        public string? File { get; init; }

        public string? Proof { get; init; }

        public List<string> Checkpoints { get; } = [];

        public List<string> Keys { get; } = [];
    }
}
