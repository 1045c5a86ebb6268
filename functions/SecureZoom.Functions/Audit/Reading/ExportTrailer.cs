namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The last line of an NDJSON export: <c>{"trailer": ...}</c>.</summary>
public sealed record ExportTrailer(ExportSummary Trailer);

/// <summary>How many lines an export has, and the tree before the first, from which it can be verified.</summary>
public sealed record ExportSummary(long Records, ExportPlace Before);

/// <summary>A place in the log: how many records are in front of it, and the edge of their tree, base64 (<see cref="SecureZoom.Verification.Log.TreeEdge"/>).</summary>
public sealed record ExportPlace(long Size, string Edge);
