using Azure.Data.Tables;
using SecureZoom.Functions.Caching;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>The meetings that somebody of their organisation joined lately, so that whoever joins them next waits for no storage.</summary>
/// <remarks>
/// By organisation and number: another organisation's people, and a number that nobody has, find nothing here and cost the same. What this
/// instance changes is forgotten at once; what happens at Zoom, or on another instance, is seen here within <see cref="Age"/>.
/// </remarks>
public sealed class RecentMeetings(TimeProvider time)
{
    /// <summary>How long a meeting may be gone by.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    /// <summary>The most meetings at hand.</summary>
    internal const int Most = 10_000;

    private readonly RecentValues<(string Partition, string Row), RegisteredMeeting> _meetings = new(Most, Age, time);

    /// <summary>The meeting, if it is at hand; else as it is looked up, once for all who ask meanwhile.</summary>
    internal async ValueTask<RegisteredMeeting?> FindAsync(
        string organization, MeetingNumber number, Func<Task<RegisteredMeeting?>> lookUp, CancellationToken cancellationToken)
    {
        var key = (MeetingRow.OrganizationKey(organization), MeetingRow.RowKey(number));
        return _meetings.Find(key) ?? await _meetings.FetchAsync(key, lookUp, cancellationToken);
    }

    /// <summary>A row is being written: at the end of that, what was made from the one before is forgotten.</summary>
    internal IDisposable Changing(TableEntity row) => _meetings.Changing((row.PartitionKey, row.RowKey));
}
