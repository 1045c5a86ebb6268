using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Tools;

/// <summary>Proves one record, as <c>GET /api/audit/records/{n}</c> answers it, by what <c>/proof</c> answers, offline.</summary>
internal static class VerifyRecord
{
    /// <returns>0 when the record is proved, else 1.</returns>
    public static async Task<int> RunAsync(
        string recordFile,
        string proofFile,
        IReadOnlyCollection<string> pins,
        IReadOnlyCollection<string> witnesses,
        TextWriter output,
        CancellationToken cancellationToken)
    {
        var keys = pins.Select(pin => VerifierKey.TryParse(pin, out var key) ? key : throw new UsageException($"{pin} is no vkey.")).ToArray();
        if (!TlogProof.TryParse(await File.ReadAllBytesAsync(proofFile, cancellationToken), out var proof))
        {
            throw new UsageException($"{proofFile} is no proof (c2sp.org/tlog-proof@v1).");
        }

        var file = await File.ReadAllBytesAsync(recordFile, cancellationToken);
        if (!RecordLine.TryRead(file.AsMemory().TrimEnd("\r\n"u8), out var line))
        {
            await output.WriteLineAsync($"{TrailProblems.Unreadable}: This is no record.");
            return 1;
        }

        var leaf = line.Record.LeafHash();
        if (!leaf.AsSpan().SequenceEqual(line.Leaf))
        {
            await output.WriteLineAsync($"{TrailProblems.Changed}: The record is not the one that the log committed to.");
            return 1;
        }

        // Which log, and which place in it, only the record itself says, once it is proved.
        if (DeedPlace.Of(line.Record.Deed) is not { } place || place.Index != proof.Index)
        {
            await output.WriteLineAsync($"{TrailProblems.Misplaced}: The proof is of another record.");
            return 1;
        }

        if (proof.Verify(leaf, place.Log, keys) is not { } checkpoint)
        {
            await output.WriteLineAsync($"{TrailProblems.BadCheckpoint}: No pinned key has signed a checkpoint of {PlainText.Of(place.Log)} that has this record.");
            return 1;
        }

        await output.WriteLineAsync(
            PlainText.Of($"Record {place.Index + 1} of {place.Log} is proved: recorded {place.RecordedAt:u}, in a signed tree of {checkpoint.Head.Size} records"));
        if (line.Record.Parts.Count(part => part.IsWithheld) is > 0 and var withheld)
        {
            await output.WriteLineAsync(FormattableString.Invariant(
                $"{withheld} of its parts are withheld: what they held is not here, and whether they were erased on authority only the trail says"));
        }

        if (witnesses.Count > 0)
        {
            // One by one, for a false one takes nothing from the others.
            var seen = VerifierKey.All(witnesses).SelectMany(key => proof.Checkpoint.Verify(key)).ToArray();
            var times = seen.Select(witness => FormattableString.Invariant($": {witness.Key.Name} at {witness.Time:u}"));
            await output.WriteLineAsync(PlainText.Of($"seen by {seen.Length} of {witnesses.Count} witnesses{string.Concat(times)}"));
        }

        return 0;
    }
}
