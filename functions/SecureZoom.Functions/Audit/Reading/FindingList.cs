using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The answer of <c>GET</c> and <c>POST /api/audit/findings</c>: those that nobody knows of last, the newest at the end.</summary>
public sealed record FindingList(IReadOnlyList<TrailFinding> Findings);
