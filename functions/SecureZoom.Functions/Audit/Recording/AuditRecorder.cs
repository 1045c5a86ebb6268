using System.Diagnostics;
using System.Text;
using Azure;
using Azure.Identity;
using Azure.Storage.Queues;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>The one way into the audit trail: events are numbered, sealed and put on the queue, where they are durable.</summary>
/// <remarks>
/// One message is on its way at a time. An event that comes meanwhile goes with the next, together with all others that do; one that comes
/// alone waits for nothing.
/// </remarks>
public sealed partial class AuditRecorder(QueueClient queue, SecretStore secrets, TimeProvider time, ILogger<AuditRecorder> logger) : IHostedService
{
    public const string QueueName = "audit-events";

    // A message that nobody takes for a week is still evidence.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly Lock _lock = new();
    private readonly Numbering _numbering = new(time);
    private List<Waiting> _waiting = [];
    private bool _sending;

    /// <summary>Returns once the event is durable: one attempt, two seconds at the most.</summary>
    /// <exception cref="AuditUnavailableException">It is not known to be durable.</exception>
    public async Task RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        using var span = AppTraces.Start("AuditRecorder.Send", ActivityKind.Producer);
        var traced = auditEvent with { TraceParent = auditEvent.TraceParent ?? Activity.Current?.Id };
        await TryAsync(
            token => WaitAsync(new Waiting(EventNumber.StreamOf(auditEvent), traced, time.GetTimestamp(), ExecutionContext.Capture()), token),
            auditEvent.Action,
            span,
            cancellationToken);
    }

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
            Log.OutcomeLost(logger, auditEvent.Action, auditEvent.Organization, auditEvent.Id);
        }
    }

    /// <summary>Puts an entry back for a while, as it came.</summary>
    /// <exception cref="AuditUnavailableException">It is not known to be durable.</exception>
    internal async Task PutBackAsync(SealedEntry entry, TimeSpan delay, CancellationToken cancellationToken)
    {
        using var span = AppTraces.Start("AuditRecorder.PutBack", ActivityKind.Producer);
        await TryAsync(
            token => queue.SendMessageAsync(BinaryData.FromBytes(entry.Line), delay, Forever, token),
            entry.Entry.Event?.Action ?? "stream's end",
            span,
            cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Says where each stream ends, so that its last events are missed too when they never come.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var ends = _numbering.Streams.Select(stream => new Waiting(stream, null, time.GetTimestamp(), null));
        try
        {
            await TryAsync(token => Task.WhenAll(ends.Select(end => WaitAsync(end, token))), "stream's end", span: null, cancellationToken);
        }
        catch (AuditUnavailableException)
        {
            // It is as if the instance had been killed.
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> send, string what, Activity? span, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(StorageConnection.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await send(either.Token);
        }
        catch (Exception exception) when (
            exception is RequestFailedException or AuthenticationFailedException or AggregateException or SecretException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            span?.Fail(exception.GetType().Name);
            Log.Unavailable(logger, exception.GetType().Name, what);
            throw new AuditUnavailableException(exception);
        }
    }

    /// <summary>Returns once the message is durable that it goes with. Whoever stops waiting takes nothing out of a message on its way.</summary>
    private async Task WaitAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        bool isFirst;
        lock (_lock)
        {
            _waiting.Add(waiting);
            isFirst = !_sending;
            _sending = true;
        }

        if (isFirst)
        {
            Go(waiting);
        }

        try
        {
            await waiting.Durable.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            waiting.HasLeft = true;
        }
    }

    /// <summary>Sends the next message, in the trace of the one that has waited longest.</summary>
    private void Go(Waiting first)
    {
        if (first.Context is { } context)
        {
            ExecutionContext.Run(context, _ => _ = SendAsync(first), null);
        }
        else
        {
            _ = SendAsync(first);
        }
    }

    private async Task SendAsync(Waiting first)
    {
        // Whoever comes first does not do the others' work.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        List<(Waiting Waiting, EventNumber Number)> sent = [];
        try
        {
            using var timeout = new CancellationTokenSource(StorageConnection.Timeout, time);
            var key = await secrets.SealingAsync(SecretNames.AuditMessageKey, timeout.Token);
            (sent, var message) = Form(key);
            if (sent.Count > 0)
            {
                // As long as the last of its callers waits.
                timeout.CancelAfter(Left(sent[^1].Waiting));
                await queue.SendMessageAsync(message, visibilityTimeout: null, Forever, timeout.Token);
                sent.ForEach(one => one.Waiting.Durable.TrySetResult());
            }
        }
        catch (Exception exception)
        {
            var failed = sent.Count > 0 ? sent.ConvertAll(one => one.Waiting) : TakeAll();
            sent.ForEach(one => _numbering.GiveUp(one.Number));
            failed.ForEach(one => one.Durable.TrySetException(exception));
        }

        if (Next() is { } next)
        {
            Go(next);
        }
    }

    /// <summary>A message of those that wait, as many as fit.</summary>
    private (List<(Waiting Waiting, EventNumber Number)> Sent, string Message) Form(SecretVersion key)
    {
        var sent = new List<(Waiting, EventNumber)>();
        var message = new StringBuilder();
        var waiting = TakeAll();
        foreach (var one in waiting)
        {
            var number = _numbering.Next(one.Stream);
            var line = AuditMessage.Seal(new AuditEntry(number, one.Event), key);
            if (sent.Count > 0 && message.Length + line.Length >= AuditMessage.MaxLength)
            {
                _numbering.TakeBack(number);
                break;
            }

            message.Append(sent.Count > 0 ? AuditMessage.Separator.ToString() : "").Append(line);
            sent.Add((one, number));
        }

        lock (_lock)
        {
            _waiting.InsertRange(0, waiting.Skip(sent.Count));
        }

        return (sent, message.ToString());
    }

    private List<Waiting> TakeAll()
    {
        lock (_lock)
        {
            var all = _waiting;
            _waiting = [];
            all.RemoveAll(one => one.HasLeft);
            return all;
        }
    }

    private Waiting? Next()
    {
        lock (_lock)
        {
            _waiting.RemoveAll(one => one.HasLeft);
            var next = _waiting.FirstOrDefault();
            _sending = next is not null;
            return next;
        }
    }

    /// <summary>How long somebody waits yet.</summary>
    private TimeSpan Left(Waiting waiting)
    {
        var left = StorageConnection.Timeout - time.GetElapsedTime(waiting.Since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>An event that waits for its message, or a stream for its end.</summary>
    private sealed class Waiting(string stream, AuditEvent? auditEvent, long since, ExecutionContext? context)
    {
        private volatile bool _hasLeft;

        public string Stream => stream;

        public AuditEvent? Event => auditEvent;

        public long Since => since;

        public ExecutionContext? Context => context;

        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether nobody waits for it any more.</summary>
        public bool HasLeft
        {
            get => _hasLeft;
            set => _hasLeft = value;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 181, Level = LogLevel.Error, Message = "{Failure}: the audit queue does not take {Action}")]
        public static partial void Unavailable(ILogger logger, string failure, string action);

        [LoggerMessage(EventId = 182, Level = LogLevel.Critical, Message = "The outcome of {Action} is not in the trail of {Organization}; its intent is (event {Id})")]
        public static partial void OutcomeLost(ILogger logger, string action, string? organization, string id);
    }
}
