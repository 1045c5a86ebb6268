namespace SecureZoom.Verification;

/// <summary>A record behind an export's last that says which parts were to be destroyed, with the proof that it is in a checkpoint's tree.</summary>
public static class LaterErasure
{
    /// <param name="record">As a line has it.</param>
    /// <param name="proof">A c2sp.org/tlog-proof; its checkpoint counts for nothing beside the one given.</param>
    /// <param name="checkpoint">That is trusted.</param>
    /// <returns>Null when it is none, or not proved.</returns>
    public static ErasureAuthority? Read(string record, string proof, TrailCheckpoint checkpoint) =>
        LaterRecord.Read(record, proof, checkpoint) is var (sequence, read) ? ErasureAuthority.Of(sequence, read) : null;
}
