using System.Collections.Concurrent;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Gathers events that wait at the same time, so that one transaction carries many of them.</summary>
public sealed class AuditAppender(AuditTrail trail)
{
    /// <summary>How long the first of a batch waits for others: nothing beside the queue's own delay.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>Returns once the event is in the trail.</summary>
    public Task AppendAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        _lanes.GetOrAdd(organization, id => new Lane(id, trail)).AppendAsync(auditEvent).WaitAsync(cancellationToken);

    /// <summary>An organisation's waiting events: one writer at a time takes all that have gathered.</summary>
    private sealed class Lane(string organization, AuditTrail trail)
    {
        private readonly Lock _lock = new();
        private List<(AuditEvent AuditEvent, TaskCompletionSource Appended)> _waiting = [];
        private bool _writing;

        public Task AppendAsync(AuditEvent auditEvent)
        {
            var appended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _waiting.Add((auditEvent, appended));
                if (!_writing)
                {
                    _writing = true;
                    _ = WriteAsync();
                }
            }

            return appended.Task;
        }

        private async Task WriteAsync()
        {
            await Task.Delay(Linger).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            while (TakeAll() is { Count: > 0 } batch)
            {
                await WriteAsync(batch);
            }
        }

        private async Task WriteAsync(List<(AuditEvent AuditEvent, TaskCompletionSource Appended)> batch)
        {
            try
            {
                // A writer outlives the invocation that started it: others wait for it too.
                await trail.AppendAsync(organization, [.. batch.Select(one => one.AuditEvent)], CancellationToken.None);
                batch.ForEach(one => one.Appended.SetResult());
            }
            catch (AuditRejectedException) when (batch.Count > 1)
            {
                // One of them will never be taken: by itself, so that it does not keep out the others.
                foreach (var one in batch)
                {
                    await WriteAsync([one]);
                }
            }
            catch (Exception exception)
            {
                // Each waiting invocation fails with it, and the queue brings its event again.
                batch.ForEach(one => one.Appended.SetException(exception));
            }
        }

        private List<(AuditEvent AuditEvent, TaskCompletionSource Appended)> TakeAll()
        {
            lock (_lock)
            {
                var batch = _waiting;
                _waiting = [];
                _writing = batch.Count > 0;
                return batch;
            }
        }
    }
}
