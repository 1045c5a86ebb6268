using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.Functions.Audit;

/// <summary>Takes audit events off the queue and into the trail: as bytes, since a message that is no text must get here to be quarantined.</summary>
public sealed class AuditQueueFunction(AuditIntake intake)
{
    [Function("audit-append")]
    public Task Append(
        [QueueTrigger(AuditLog.QueueName, Connection = AuditConnection.Name)] byte[] message, CancellationToken cancellationToken) =>
        intake.TakeAsync(message, cancellationToken);
}
