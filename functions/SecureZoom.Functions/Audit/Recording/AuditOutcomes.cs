namespace SecureZoom.Functions.Audit.Recording;

/// <summary>How an action ended.</summary>
internal static class AuditOutcomes
{
    public const string Success = "success";
    public const string Denied = "denied";
    public const string Failure = "failure";

    /// <summary>About to be tried: written before a change at Zoom, so that none can go unnoticed.</summary>
    public const string Intent = "intent";
}
