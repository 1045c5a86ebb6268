using System.Globalization;
using Azure.Data.Tables;
using SecureZoom.Functions.Zoom;
using static SecureZoom.Functions.Meetings.MeetingRow;

namespace SecureZoom.Functions.Meetings;

/// <summary>Where a meeting is listed: rows beside its own, in order of time, which have what a list shows.</summary>
/// <remarks>
/// <c>r:{start}</c> while it runs, <c>w:{start}</c> while it waits, and <c>p:{start, the latest first}</c> unless it runs, since time makes a
/// waiting one past without anybody writing; the number behind each. One that has ended before its time stands where it ended. A series
/// stands under its next occurrence only, and <c>r;{end}</c> says from when that is behind its time: whoever meets it then moves it on. The
/// meeting's own row names its places, so that they can be left whatever they were made from.
/// </remarks>
internal static class MeetingPlaces
{
    public const string Running = "r:";
    public const string Waiting = "w:";
    public const string Past = "p:";

    /// <summary>Right behind those that run, so that one query finds both.</summary>
    public const string Due = "r;";

    /// <summary>Those two together.</summary>
    public const string RunningAndDue = "r";

    /// <summary>When the meeting is over where it only waits, or runs.</summary>
    public const string Ends = "Ends";

    /// <summary>On a meeting's own row: the keys of the others.</summary>
    private const string Places = "Places";

    /// <summary>One without a time waits until it is used.</summary>
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private static readonly DateTimeOffset Always = DateTimeOffset.UnixEpoch;

    /// <summary>The rows that list a meeting as its own row is now.</summary>
    public static IReadOnlyList<TableEntity> Of(TableEntity row, DateTimeOffset now)
    {
        if (row.GetBoolean(Deleted) == true)
        {
            return [];
        }

        var known = Read(row);
        var meeting = known.At(now);
        var start = MeetingTimes.StartOf(meeting.Snapshot);
        switch (meeting.Snapshot.Status)
        {
            case Started:
                var until = known.RunsUntil ?? Never;
                var running = Listed(row, known, Running, start ?? Always, until);
                return until == Never ? [running]
                    : GoesOn(known, until) ? [running, DueAt(row, known, until)]
                    : [running, Listed(row, known, Past, PastAt(start, until), until)];
            case Ended:
                return [Listed(row, known, Past, PastAt(start, meeting.StatusAt), Always)];
            default:
                var ends = start is null ? Never : start.Value + MeetingTimes.LengthOf(meeting.Snapshot);
                var waiting = Listed(row, known, Waiting, start ?? Never, ends);
                return start is not null && GoesOn(known, ends)
                    ? [waiting, DueAt(row, known, ends)]
                    : [waiting, Listed(row, known, Past, start ?? Never, ends)];
        }
    }

    /// <summary>Whether time has passed where a meeting's own row says that it is listed.</summary>
    public static bool AreBehind(TableEntity row, DateTimeOffset now) => !Of(row, now).Select(place => place.RowKey).SequenceEqual(KeysOf(row));

    /// <summary>Keeps on a meeting's own row where it is listed.</summary>
    public static void Note(TableEntity row, IReadOnlyList<TableEntity> places) =>
        row[Places] = string.Join(' ', places.Select(place => place.RowKey));

    public static IReadOnlyList<string> KeysOf(TableEntity row) =>
        row.GetString(Places)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The first key of a section at a time, or in the past's case of those before it.</summary>
    public static string Key(string section, DateTimeOffset at) =>
        $"{section}{(section == Past ? DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks : at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture)}";

    public static bool IsDue(TableEntity place) => place.RowKey.StartsWith(Due, StringComparison.Ordinal);

    /// <summary>Under which time a place is.</summary>
    public static DateTimeOffset TimeOf(string key)
    {
        var ticks = long.Parse(key.AsSpan(Past.Length, key.LastIndexOf(':') - Past.Length), NumberStyles.None, CultureInfo.InvariantCulture);
        return new DateTimeOffset(key.StartsWith(Past, StringComparison.Ordinal) ? DateTimeOffset.MaxValue.UtcTicks - ticks : ticks, TimeSpan.Zero);
    }

    /// <summary>Whether a series stands under something else from a time on.</summary>
    private static bool GoesOn(RegisteredMeeting known, DateTimeOffset from) =>
        known.Snapshot.Type is MeetingTypes.RecurringWithoutTimes or MeetingTypes.Recurring && known.At(from).Snapshot.Status != Ended
        && (known.Snapshot.Type != MeetingTypes.Recurring || PlannedOccurrence.Of(known.Snapshot).Any(one => one.Ends > from));

    private static DateTimeOffset PastAt(DateTimeOffset? start, DateTimeOffset? ended) =>
        start is null || ended < start ? ended ?? Always : start.Value;

    private static TableEntity DueAt(TableEntity row, RegisteredMeeting meeting, DateTimeOffset at) =>
        new(row.PartitionKey, $"{Key(Due, at)}:{RowKey(meeting.Number)}") { [Ends] = Never };

    private static TableEntity Listed(TableEntity row, RegisteredMeeting meeting, string section, DateTimeOffset at, DateTimeOffset ends)
    {
        var place = new TableEntity(row.PartitionKey, $"{Key(section, at)}:{RowKey(meeting.Number)}")
        {
            [Registration] = meeting.Registration,
            [Status] = meeting.Snapshot.Status,
            [StatusAt] = meeting.StatusAt,
            [ChangedAt] = meeting.ChangedAt,
            [Closed] = meeting.IsClosed,
            [Ends] = ends,
        };
        Describe(place, meeting);
        return place;
    }
}
