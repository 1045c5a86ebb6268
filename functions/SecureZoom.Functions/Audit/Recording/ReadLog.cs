using System.Text.Json.Nodes;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>
/// Records who has read what of a trail, in the reader's organisation's and in that trail: the first time in a quarter of an hour, as far as
/// this instance remembers, so that a page that is looked at again and again is one record; and whenever more is read than what is on record
/// shows. Who reads on to the end, again and again, reads nothing more.
/// </summary>
public sealed class ReadLog(AuditRecorder audit, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>How many are remembered; behind that they are forgotten, and recorded once more.</summary>
    private const int MostRemembered = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Person, string Action, string Organization, string What), List<(ReadReach Reach, DateTimeOffset At)>> _recorded = [];
    private int _count;

    /// <param name="organization">Whose trail.</param>
    /// <param name="what">Which part of it, and by which filters.</param>
    /// <param name="isOpen">Whether it is up to the end, though <paramref name="what"/> says where that is.</param>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so nothing is to be read.</exception>
    public async Task RecordAsync(CallContext call, string action, string organization, JsonObject what, CancellationToken cancellationToken, bool isOpen = false)
    {
        var now = time.GetUtcNow();
        var read = (call.Caller.Pseudonym, action, organization, ReadReach.Rest(what).ToJsonString());
        var reach = ReadReach.Of(what, now, isOpen);
        if (IsRecorded(read, reach, now))
        {
            return;
        }

        what["organization"] = organization;
        await audit.RecordAsync(EventOf(call, now, action, organization, what), cancellationToken);
        Remember(read, reach, now);
    }

    /// <summary>That a trail was read, in both organisations' trails.</summary>
    public static AuditEvent EventOf(CallContext call, DateTimeOffset at, string action, string organization, JsonObject what)
    {
        var read = call.Event(at, action, AuditOutcomes.Success, new AuditTarget("audit", organization), details: what);
        // What belongs to nobody yet is the operators' own.
        return organization == read.Organization || organization == OrganizationId.Unassigned ? read : read.WithOwner(organization);
    }

    private bool IsRecorded((string, string, string, string) read, ReadReach reach, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_recorded.TryGetValue(read, out var recorded))
            {
                return false;
            }

            _count -= recorded.RemoveAll(one => one.At + Window <= now);
            return recorded.Exists(one => one.Reach.Covers(reach));
        }
    }

    private void Remember((string, string, string, string) read, ReadReach reach, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_count >= MostRemembered)
            {
                _recorded.Clear();
                _count = 0;
            }

            if (!_recorded.TryGetValue(read, out var recorded))
            {
                _recorded[read] = recorded = [];
            }

            recorded.Add((reach, now));
            _count++;
        }
    }
}
