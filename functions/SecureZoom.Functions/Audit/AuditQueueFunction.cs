using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.Functions.Audit;

/// <summary>Takes audit events off the queue and into the trail.</summary>
public sealed class AuditQueueFunction(AuditIntake intake)
{
    [Function("audit-append")]
    public Task Append(
        [QueueTrigger(AuditLog.QueueName, Connection = AuditConnection.Name)] string message, CancellationToken cancellationToken) =>
        intake.TakeAsync(message, cancellationToken);
}
