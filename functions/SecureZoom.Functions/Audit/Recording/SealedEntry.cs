namespace SecureZoom.Functions.Audit.Recording;

/// <summary>An entry as it came: what goes back to the queue, or into quarantine, is the line with its seal untouched.</summary>
internal sealed record SealedEntry(byte[] Line, AuditEntry Entry);
