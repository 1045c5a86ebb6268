namespace SecureZoom.Functions.Audit.Recording;

/// <summary>The trail does not take the event now, so what it speaks of must not happen.</summary>
internal sealed class AuditUnavailableException(Exception inner) : Exception("The audit trail takes nothing now.", inner);
