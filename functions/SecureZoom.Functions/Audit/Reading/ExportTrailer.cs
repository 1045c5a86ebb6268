using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The last line of an NDJSON export: <c>{"trailer": ...}</c>.</summary>
public sealed record ExportTrailer(ExportSummary Trailer);

/// <summary>How many lines an export has, the tree before the first, from which it can be verified, and what proves it.</summary>
/// <param name="Checkpoint">The last one; null while there is none, and where filters leave records out: then the lines are no tree.</param>
/// <param name="Consistency">
/// That the tree up to the last line is the beginning of the checkpoint's (RFC 9162, 2.1.4), base64; null where it is not larger.
/// </param>
public sealed record ExportSummary(long Records, ExportPlace Before, CheckpointFile? Checkpoint = null, IReadOnlyList<string>? Consistency = null);

/// <summary>A place in the log: how many records are in front of it, and the edge of their tree, base64 (<see cref="SecureZoom.Verification.Log.TreeEdge"/>).</summary>
public sealed record ExportPlace(long Size, string Edge);
