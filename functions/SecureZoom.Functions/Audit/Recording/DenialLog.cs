using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>
/// Records what callers were refused, in their organisation's trail, or in that of <c>unassigned</c> events where they have none: the first
/// of a kind at once, the others of that minute in one record that has their count and the meetings that they asked for.
/// </summary>
/// <remarks>Who is not known is not recorded: nobody outside can fill the trail.</remarks>
public sealed class DenialLog(AuditRecorder audit, TimeProvider time) : IHostedService
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Person, string Function, string Reason), Fold> _folds = new();
    private volatile bool _stopped;

    /// <param name="function">The function that refused.</param>
    /// <param name="reason">The refusal's code.</param>
    /// <param name="meeting">The meeting's number as it was typed; what is none as well.</param>
    public async Task RecordAsync(CallContext call, string function, string reason, string? meeting)
    {
        var typed = meeting is null ? null : AuditLimits.Cut(meeting, AuditLimits.MaxTyped);
        var mine = new Fold(call, function, reason);
        if (_stopped)
        {
            await WriteAsync(mine, new Tally(1, typed is null ? [] : [typed], 0));
            return;
        }

        var key = (call.Caller.Pseudonym, function, reason);
        Fold fold;
        do
        {
            fold = _folds.GetOrAdd(key, mine);
        }
        while (fold != mine && !fold.TryAdd(typed));

        if (fold == mine)
        {
            await WriteAsync(mine, new Tally(1, typed is null ? [] : [typed], 0));
            _ = CloseLaterAsync();
        }

        async Task CloseLaterAsync()
        {
            await Task.Delay(Window, time);
            await CloseAsync(key, mine);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes what was counted; from here on every refusal is a record of its own.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopped = true;
        await Parallel.ForEachAsync(
            _folds, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (open, _) => await CloseAsync(open.Key, open.Value));
    }

    private async Task CloseAsync((string Person, string Function, string Reason) key, Fold fold)
    {
        if (_folds.TryRemove(KeyValuePair.Create(key, fold)) && fold.Close() is { Count: > 0 } tally)
        {
            await WriteAsync(fold, tally);
        }
    }

    private Task WriteAsync(Fold fold, Tally tally) =>
        audit.RecordOutcomeAsync(fold.Call.Event(
            time.GetUtcNow(),
            AuditActions.AccessDenied,
            AuditOutcomes.Denied,
            new AuditTarget("function", fold.Function),
            fold.Reason,
            tally.Meetings is [var only] ? only : null,
            Denial.Details(fold.Function, tally.Count, tally.Meetings, tally.Unnamed)));

    /// <summary>How many refusals, for which meetings, and how many more for others.</summary>
    private sealed record Tally(int Count, IReadOnlyList<string> Meetings, int Unnamed);

    /// <summary>Counts the refusals of one kind behind the first, until it is closed.</summary>
    private sealed class Fold(CallContext call, string function, string reason)
    {
        private readonly Lock _lock = new();
        private readonly HashSet<string> _meetings = new(StringComparer.Ordinal);
        private int _count;
        private int _unnamed;
        private bool _closed;

        public CallContext Call => call;

        public string Function => function;

        public string Reason => reason;

        /// <returns>Whether it was counted; a closed one counts no more.</returns>
        public bool TryAdd(string? meeting)
        {
            lock (_lock)
            {
                if (_closed)
                {
                    return false;
                }

                _count++;
                if (meeting is not null && !_meetings.Contains(meeting) && (_meetings.Count == Denial.MaxMeetings || !_meetings.Add(meeting)))
                {
                    _unnamed++;
                }

                return true;
            }
        }

        public Tally Close()
        {
            lock (_lock)
            {
                _closed = true;
                return new Tally(_count, [.. _meetings], _unnamed);
            }
        }
    }
}
