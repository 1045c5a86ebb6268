namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The last line of an NDJSON export: <c>{"trailer": ...}</c>.</summary>
public sealed record ExportTrailer(ExportSummary Trailer);

/// <summary>How many lines an export has, and the place in the chain before the first, from which it can be verified.</summary>
public sealed record ExportSummary(long Records, ExportPlace Before);

/// <summary>A place in the chain: a sequence and the hash there, hex.</summary>
public sealed record ExportPlace(long Sequence, string Hash);
