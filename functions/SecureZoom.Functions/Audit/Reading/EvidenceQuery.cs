namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Which records an evidence file has, and what of them.</summary>
/// <param name="Filter">Without a person.</param>
/// <param name="Sequences">Null for all.</param>
/// <param name="About">The address, subject or number at Zoom of the only person that the file shows; null for everybody.</param>
/// <param name="Texts">Whether a file about one person also shows texts that somebody chose, which may name others.</param>
public sealed record EvidenceQuery(AuditQuery Filter, SequenceSet? Sequences, string? About, bool Texts);
