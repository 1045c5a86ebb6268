using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Tools;

/// <summary>Checks an export, or one record, against checkpoints and pinned keys, offline.</summary>
internal static class VerifyAudit
{
    public const string Usage = """
        script/verify-audit EXPORT.ndjson [--checkpoints PAGE.json ...] --key FINGERPRINT|VKEY [--key ...] [--witness VKEY ...]
        script/verify-audit EVIDENCE.ndjson --key FINGERPRINT|VKEY [--key ...] [--witness VKEY ...]
        script/verify-audit RECORD.json --proof RECORD.tlog-proof --key VKEY [--key ...] [--witness VKEY ...]
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
                    { Proof: null, Checkpoints.Count: 0 } when ExportFile.IsEvidence(file) =>
                        await VerifyEvidence.RunAsync(file, [.. options.Keys, .. options.Witnesses], options.Witnesses.Count, output, cancellationToken),
                    { Proof: null } => await RunAsync(file, options, output, cancellationToken),
                    { Checkpoints.Count: 0, Proof: { } proof } => await VerifyRecord.RunAsync(file, proof, options.Keys, options.Witnesses, output, cancellationToken),
                    _ => throw new UsageException(Usage),
                }
                : throw new UsageException(Usage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(exception.Message);
        }
    }

    private static async Task<int> RunAsync(string export, Options options, TextWriter output, CancellationToken cancellationToken)
    {
        var trailer = ExportFile.ReadTrailer(export);
        var before = trailer.Before.ToEdge()!;
        var given = await ReadCheckpointsAsync(options.Checkpoints, cancellationToken);
        // Its own checkpoint is the newest when the export was made; whoever brings others knows better.
        CheckpointFile[] held = [.. new[] { trailer.Witnessed, trailer.Checkpoint }.OfType<CheckpointFile>()];
        var series = CheckpointSeries.Read(given is [] ? held : given, [.. options.Keys, .. options.Witnesses]);
        // Of the records behind an end that was asked for, others say nothing.
        var later = (given is [] || trailer.EndsEarlier) && trailer.Path is { } path && series.Checkpoints.LastOrDefault(one => one.File.Jws == trailer.Checkpoint?.Jws) is { } own
            ? new LaterCheckpoint(own, path)
            : null;
        var verifier = new TrailVerifier(
            later is null ? series : series.UpTo(before.Size + trailer.Records), later?.Checkpoint.Log, before, DateTimeOffset.UtcNow, later)
        {
            EndsEarlier = trailer.EndsEarlier,
            IsFromBeginning = trailer.IsFromBeginning is true,
        };
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

        foreach (var (erased, proof) in trailer.Erasures ?? [])
        {
            if (series.Checkpoints is [.., var last] && LaterErasure.Read(erased, proof, last) is { } authority)
            {
                verifier.Withheld.Explain(authority, isProved: true);
            }
        }

        if (trailer.Cut is var (letGo, where) && series.Checkpoints is [.., var signed] && LaterCut.Read(letGo, where, signed) is { } cut)
        {
            verifier.Explain(cut);
        }

        // What is proved of the ends is proved in the export's own checkpoint.
        var areEndsProved = ExportEnds.Judge(trailer, series.Checkpoints.LastOrDefault(one => one.File.Jws == trailer.Checkpoint?.Jws), verifier);
        return await TellAsync(verifier.Finish(), trailer, areEndsProved, options.Witnesses.Count, output);
    }

    private static async Task<int> TellAsync(TrailVerdict verdict, ExportSummary trailer, bool areEndsProved, int witnesses, TextWriter output)
    {
        var before = trailer.Before.Size;
        foreach (var problem in verdict.Problems)
        {
            await output.WriteLineAsync(PlainText.Of($"{problem.Code}: {problem.Detail}"));
        }

        var since = verdict.FirstRecordedAt is { } first ? $" since {first:u}" : "";
        await output.WriteLineAsync($"{verdict.Records} records, {(verdict.Valid ? "unbroken" : "BROKEN")}{since}");
        // A checkpoint of the place in front of the first record proves none of those that are here.
        var isCovered = verdict.CoveredTo is { Head.Size: var size } && (size > before || verdict.Records == 0);
        await output.WriteLineAsync(isCovered
            ? $"proved to record {Math.Min(verdict.CoveredTo!.Head.Size, verdict.Size)}{SignedAt(verdict.CoveredTo)}"
            : "covered by no checkpoint: nothing is proved");
        if (verdict.Cut is { } cut)
        {
            await output.WriteLineAsync(Tell(cut));
        }
        else if (before > 0)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"a part of the trail, from record {before + 1} on: records 1 to {before} were not asked for"));
        }

        if ((trailer.From ?? trailer.To) is not null)
        {
            await output.WriteLineAsync($"{(areEndsProved ? "all" : "not proved to be all")} that was recorded{Range(" from", trailer.From)}{Range(" until", trailer.To)}");
        }

        await TellErasedAsync(verdict.Erased, output);
        await TellWitnessesAsync(verdict, witnesses, output);
        return verdict.Valid && isCovered && verdict.Erased.AreProved && verdict.Cut?.IsProved is not false ? 0 : 1;
    }

    internal static async Task TellWitnessesAsync(TrailVerdict verdict, int witnesses, TextWriter output)
    {
        if (witnesses > 0)
        {
            var seen = verdict.Witnesses.Select(witness => FormattableString.Invariant($": {witness.Name} to record {witness.Size} at {witness.Time:u}"));
            await output.WriteLineAsync(PlainText.Of($"seen by {verdict.Witnesses.Count} of {witnesses} witnesses{string.Concat(seen)}"));
        }
    }

    private static string Range(string word, DateTimeOffset? moment) => moment is null ? "" : FormattableString.Invariant($"{word} {moment:u}");

    private static string Tell(TrailCut cut) => cut switch
    {
        { By: { } by, IsProved: true } => string.Create(CultureInfo.InvariantCulture, $"records 1 to {cut.Last} were let go, by record {by}"),
        { By: { } by } => string.Create(
            CultureInfo.InvariantCulture, $"records 1 to {cut.Last} were let go, by record {by}, which no checkpoint covers yet: it is not proved that they were to be"),
        _ => string.Create(CultureInfo.InvariantCulture, $"records 1 to {cut.Last} are not there: what says that they were let go is not in this file"),
    };

    private static async Task TellErasedAsync(TrailErasures erased, TextWriter output)
    {
        if (erased.Parts > 0)
        {
            var by = erased.By.Select(one => one.Sequence.ToString(CultureInfo.InvariantCulture)).ToList();
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{erased.Records} erased ({erased.Parts} parts), authorised by record{(by.Count == 1 ? "" : "s")} {string.Join(", ", by)}"));
        }

        if (erased.Unproved > 0)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"the authority of {erased.Unproved} parts is covered by no checkpoint yet: it is not proved that they were to be erased"));
        }

        if (erased.Unexplained > 0)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{erased.Unexplained} further parts are withheld: what says that they were to be erased is not in this file"));
        }
    }

    internal static string SignedAt(TrailCheckpoint checkpoint) =>
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
                case "--key" when index + 1 < arguments.Length && !IsWitness(arguments[index + 1]):
                    options.Keys.Add(arguments[++index]);
                    break;
                case "--witness" when index + 1 < arguments.Length && IsWitness(arguments[index + 1]):
                    options.Witnesses.Add(arguments[++index]);
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

    /// <summary>Whether a key says what was seen; that is no log's own.</summary>
    private static bool IsWitness(string pin) => VerifierKey.TryParse(pin, out var key) && key.Type == SignatureType.Cosignature;

    /// <summary>The answers of <c>GET /api/audit/checkpoints</c>, as they came, the first page first.</summary>
    private static async Task<IReadOnlyList<CheckpointFile>> ReadCheckpointsAsync(List<string> pages, CancellationToken cancellationToken)
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
            var checkpoints = answer!["checkpoints"]!.AsArray().Select(checkpoint => ExportFile.ReadCheckpoint(checkpoint!));
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

        public List<string> Witnesses { get; } = [];
    }
}
