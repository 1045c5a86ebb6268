using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Audit;

/// <summary>Records what callers were refused, in their own trail: at most once a minute per person and kind, with a count.</summary>
/// <remarks>Who is not known is not recorded: nobody outside can fill the trail.</remarks>
public sealed class DenialLog(AuditRecorder audit, TimeProvider time)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Person, string Function, string Reason), Count> _counts = new();

    /// <param name="function">The function that refused.</param>
    /// <param name="reason">The refusal's code.</param>
    /// <param name="meeting">The meeting's number as it was typed; what is none as well.</param>
    public async Task RecordAsync(CallContext call, string function, string reason, string? meeting)
    {
        if (call.Caller.Organization is null)
        {
            return;
        }

        var key = (call.Caller.Pseudonym, function, reason);
        if (_counts.GetOrAdd(key, _ => new Count()).Add() == 1)
        {
            await WriteAsync(call, function, reason, meeting, count: 1);
            _ = CloseWindowAsync();
        }

        async Task CloseWindowAsync()
        {
            await Task.Delay(Window, time);
            if (_counts.TryRemove(key, out var counted) && counted.Total > 1)
            {
                await WriteAsync(call, function, reason, meeting, counted.Total - 1);
            }
        }
    }

    private Task WriteAsync(CallContext call, string function, string reason, string? meeting, int count) =>
        audit.RecordOutcomeAsync(call.Event(
            time.GetUtcNow(),
            "access.denied",
            AuditOutcomes.Denied,
            new AuditTarget("function", function),
            reason,
            meeting,
            new JsonObject { ["wanted"] = function, ["count"] = count }));

    /// <summary>How often, in this window.</summary>
    private sealed class Count
    {
        private int _total;

        public int Total => Volatile.Read(ref _total);

        public int Add() => Interlocked.Increment(ref _total);
    }
}
