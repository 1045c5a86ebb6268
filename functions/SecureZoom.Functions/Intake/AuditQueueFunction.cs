using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Intake;

/// <summary>Takes audit events off the queue and into the trail: as bytes, since a message that is no text must get here to be quarantined.</summary>
public sealed class AuditQueueFunction(MessageIntake intake)
{
    [Function("audit-append")]
    public Task Append(
        [QueueTrigger(AuditRecorder.QueueName, Connection = StorageConnection.Name)] byte[] message, CancellationToken cancellationToken) =>
        intake.TakeAsync(message, cancellationToken);
}
