namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>The body of <c>POST /api/audit/erasures</c>.</summary>
/// <param name="Person">An address, a subject, or a pseudonym.</param>
public sealed record ErasureRequest(string Person, string Reason);
