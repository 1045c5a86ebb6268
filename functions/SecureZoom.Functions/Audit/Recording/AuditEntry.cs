namespace SecureZoom.Functions.Audit.Recording;

/// <summary>What is sealed for the queue: an event with its number, or a number alone, behind which its stream ends.</summary>
internal sealed record AuditEntry(EventNumber Number, AuditEvent? Event = null);
