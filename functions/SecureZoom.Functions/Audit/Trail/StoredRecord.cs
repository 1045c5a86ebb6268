namespace SecureZoom.Functions.Audit.Trail;

/// <summary>A record as the table has it.</summary>
/// <param name="Line">UTF-8 JSON: the record itself.</param>
/// <param name="Hash">The chain's hash at this record.</param>
/// <param name="Mac">See <see cref="RecordMac"/>.</param>
public sealed record StoredRecord(long Sequence, byte[] Line, byte[] Hash, string Mac);
