using System.Text;
using SecureZoom.Verification.Log;

namespace SecureZoom.Verification;

/// <summary>A record that is none of an export's lines, with the proof that it is in a checkpoint's tree.</summary>
internal static class LaterRecord
{
    /// <param name="record">As a line has it.</param>
    /// <param name="proof">A c2sp.org/tlog-proof; its checkpoint counts for nothing beside the one given.</param>
    /// <param name="checkpoint">That is trusted.</param>
    /// <returns>Null when it is none, or not proved.</returns>
    public static (long Sequence, LogRecord Record)? Read(string record, string proof, TrailCheckpoint checkpoint)
    {
        if (!RecordLine.TryRead(Encoding.UTF8.GetBytes(record), out var line)
            || !TlogProof.TryParse(Encoding.UTF8.GetBytes(proof), out var path)
            || DeedPlace.Of(line.Record.Deed) is not { } place
            || place.Index != path.Index
            || place.Log != checkpoint.Log)
        {
            return null;
        }

        var leaf = line.Record.LeafHash();
        return leaf.AsSpan().SequenceEqual(line.Leaf) && InclusionProof.Verify(path.Path, path.Index, leaf, checkpoint.Head)
            ? (place.Index + 1, line.Record)
            : null;
    }
}
