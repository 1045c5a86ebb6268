using System.Text;
using SecureZoom.Verification;

namespace SecureZoom.Tools;

/// <summary>Checks an evidence file (<c>GET /api/audit/evidence</c>) against pinned keys, offline.</summary>
internal static class VerifyEvidence
{
    /// <param name="trusted">The log's keys and witnesses'.</param>
    /// <param name="witnesses">How many of them are witnesses'.</param>
    /// <returns>0 when every record is proved, else 1.</returns>
    public static async Task<int> RunAsync(
        string path, IReadOnlyCollection<string> trusted, int witnesses, TextWriter output, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>[] lines = [.. (await File.ReadAllLinesAsync(path, cancellationToken)).Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line))];
        if (!EvidenceFile.TryRead(lines, out var file))
        {
            throw new UsageException($"{path} does not end as an evidence file does: it is not whole.");
        }

        var verdict = EvidenceVerifier.Verify(file, trusted, DateTimeOffset.UtcNow);
        foreach (var problem in verdict.Problems)
        {
            await output.WriteLineAsync(PlainText.Of($"{problem.Code}: {problem.Detail}"));
        }

        if (!verdict.Valid || verdict.CoveredTo is not { } checkpoint)
        {
            await output.WriteLineAsync($"{verdict.Records} records, NOT PROVED");
            return 1;
        }

        var withheld = file.Records.Count(record => record.Line!.Record.Parts.Any(part => part.IsWithheld));
        await output.WriteLineAsync(PlainText.Of(
            $"{verdict.Records} records of {checkpoint.Log} are proved, in a signed tree of {checkpoint.Head.Size}{VerifyAudit.SignedAt(checkpoint)}"));
        await output.WriteLineAsync($"{withheld} of them withhold people or texts; whether the log has others, an extract cannot tell");
        await output.WriteLineAsync("not proved are their sentences and the file's own words on how to check it: nothing but deeds and parts is signed for");
        await VerifyAudit.TellWitnessesAsync(verdict, witnesses, output);
        return 0;
    }
}
