namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The table will never take one of the records, however often it is tried.</summary>
internal sealed class AuditRejectedException(Exception inner) : Exception("The table does not take a record.", inner);
