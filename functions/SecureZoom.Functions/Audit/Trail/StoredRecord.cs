using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>A record as the table has it.</summary>
/// <param name="Sequence">From 1.</param>
/// <param name="Line">What is committed to, and the leaf's hash; null when the row is none of a record.</param>
/// <param name="Mac">See <see cref="RecordMac"/>.</param>
public sealed record StoredRecord(long Sequence, RecordLine? Line, string Mac)
{
    /// <summary>The records on whose authority parts of it were destroyed, as the row says: verifiers ask the trail itself.</summary>
    public IReadOnlyList<long> ErasedBy { get; init; } = [];
}
