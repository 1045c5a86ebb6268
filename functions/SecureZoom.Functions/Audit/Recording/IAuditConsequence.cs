namespace SecureZoom.Functions.Audit.Recording;

/// <summary>A consequence of an event that is in its trail.</summary>
public interface IAuditConsequence
{
    /// <summary>Called at least once for each event of a known organisation, in no order. Where it throws, the queue brings the event again.</summary>
    Task FollowAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken);
}
