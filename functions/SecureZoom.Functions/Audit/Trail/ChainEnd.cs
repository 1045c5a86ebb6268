namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The last record's sequence, and the chain's hash there.</summary>
public sealed record ChainEnd(long Sequence, byte[] Hash);
