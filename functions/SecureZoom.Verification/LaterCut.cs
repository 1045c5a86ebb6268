namespace SecureZoom.Verification;

/// <summary>A record behind an export's last that says which records were let go, with the proof that it is in a checkpoint's tree.</summary>
public static class LaterCut
{
    /// <inheritdoc cref="LaterErasure.Read"/>
    public static CutAuthority? Read(string record, string proof, TrailCheckpoint checkpoint) =>
        LaterRecord.Read(record, proof, checkpoint) is var (sequence, read) ? CutAuthority.Of(sequence, read) : null;
}
