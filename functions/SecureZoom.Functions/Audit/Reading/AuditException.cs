namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Why there is no answer about a trail.</summary>
public enum AuditError
{
    /// <summary>404: the trail has no such record.</summary>
    NoRecord,

    /// <summary>409: no checkpoint covers it yet; that takes five minutes.</summary>
    NotCovered,
}

/// <summary>There is no answer about a trail.</summary>
public sealed class AuditException(AuditError error) : Exception(error.ToString())
{
    public AuditError Error { get; } = error;
}
