using System.Diagnostics;
using Azure;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>The one way into the audit trail: an event is sealed and put on the queue, where it is durable.</summary>
public sealed partial class AuditRecorder(QueueClient queue, SecretStore secrets, TimeProvider time, ILogger<AuditRecorder> logger)
{
    public const string QueueName = "audit-events";

    /// <summary>Returns once the event is durable: one attempt, two seconds at the most.</summary>
    /// <exception cref="AuditUnavailableException">It is not known to be durable.</exception>
    public async Task RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken) =>
        await SendAsync(auditEvent, delay: null, cancellationToken);

    /// <summary>As <see cref="RecordAsync"/>, for what has happened already and cannot be undone by not recording it.</summary>
    public async Task RecordOutcomeAsync(AuditEvent auditEvent)
    {
        try
        {
            // The caller may have gone; what happened stays true.
            await RecordAsync(auditEvent, CancellationToken.None);
        }
        catch (AuditUnavailableException)
        {
            Log.OutcomeLost(logger, auditEvent.Action, auditEvent.Id);
        }
    }

    /// <summary>Puts an event back for a while.</summary>
    /// <exception cref="AuditUnavailableException">It is not known to be durable.</exception>
    public Task DeferAsync(AuditEvent auditEvent, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(auditEvent, delay, cancellationToken);

    private async Task SendAsync(AuditEvent auditEvent, TimeSpan? delay, CancellationToken cancellationToken)
    {
        using var span = AppTraces.Start("AuditRecorder.Send", ActivityKind.Producer);
        using var timeout = new CancellationTokenSource(StorageConnection.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var key = await secrets.SealingAsync(SecretNames.AuditMessageKey, either.Token);
            await queue.SendMessageAsync(AuditMessage.Seal(auditEvent with { TraceParent = auditEvent.TraceParent ?? Activity.Current?.Id }, key), delay, Forever, either.Token);
        }
        catch (Exception exception) when (
            exception is RequestFailedException or AuthenticationFailedException or AggregateException or SecretException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            span?.Fail(exception.GetType().Name);
            Log.Unavailable(logger, exception.GetType().Name, auditEvent.Action);
            throw new AuditUnavailableException(exception);
        }
    }

    // A message that nobody takes for a week is still evidence.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Failure}: the audit queue does not take {Action}")]
        public static partial void Unavailable(ILogger logger, string failure, string action);

        [LoggerMessage(EventId = 2, Level = LogLevel.Critical, Message = "The outcome of {Action} is not in the trail; its intent is (event {Id})")]
        public static partial void OutcomeLost(ILogger logger, string action, string id);
    }
}
