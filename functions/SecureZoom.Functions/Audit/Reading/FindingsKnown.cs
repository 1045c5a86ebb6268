namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The body of <c>POST /api/audit/findings</c>: that these are known, and why they want no attention any more.</summary>
public sealed record FindingsKnown(string Organization, IReadOnlyList<string> Findings, string Reason);
