using System.Globalization;
using Azure.Data.Tables;
using SecureZoom.Functions.Zoom;
using static SecureZoom.Functions.Meetings.MeetingRow;

namespace SecureZoom.Functions.Meetings;

/// <summary>Where a meeting is listed: rows beside its own, in order of time, which have what a list shows.</summary>
/// <remarks>
/// <c>r:{start}</c> while it runs, <c>w:{start}</c> while it waits, and <c>p:{start, the latest first}</c> unless it runs, since time makes a
/// waiting one past without anybody writing; the number behind each. One that has ended before its time stands where it ended. The
/// meeting's own row names its places, so that they can be left whatever they were made from: a series may stand under its next occurrence.
/// </remarks>
internal static class MeetingPlaces
{
    public const string Running = "r:";
    public const string Waiting = "w:";
    public const string Past = "p:";

    /// <summary>When the meeting is over where it only waits.</summary>
    public const string Ends = "Ends";

    /// <summary>On a meeting's own row: the keys of the others.</summary>
    private const string Places = "Places";

    private const string Started = "started";

    /// <summary>One without a time waits until it is used.</summary>
    private static readonly DateTimeOffset Never = DateTimeOffset.MaxValue;

    private static readonly DateTimeOffset Always = DateTimeOffset.UnixEpoch;

    /// <summary>The rows that list a meeting as its own row is now.</summary>
    public static IReadOnlyList<TableEntity> Of(TableEntity row)
    {
        if (row.GetBoolean(Deleted) == true)
        {
            return [];
        }

        var meeting = Read(row);
        var start = MeetingTimes.StartOf(meeting.Snapshot);
        switch (meeting.Snapshot.Status)
        {
            case Started:
                return [Listed(row, meeting, Running, start ?? Always, Never)];
            case Ended:
                var ended = row.GetDateTimeOffset(StatusAt);
                return [Listed(row, meeting, Past, start is null || ended < start ? ended ?? Always : start.Value, Always)];
            default:
                var ends = start is null ? Never : start.Value + MeetingTimes.LengthOf(meeting.Snapshot);
                return [Listed(row, meeting, Waiting, start ?? Never, ends), Listed(row, meeting, Past, start ?? Never, ends)];
        }
    }

    /// <summary>Keeps on a meeting's own row where it is listed.</summary>
    public static void Note(TableEntity row, IReadOnlyList<TableEntity> places) =>
        row[Places] = string.Join(' ', places.Select(place => place.RowKey));

    public static IReadOnlyList<string> KeysOf(TableEntity row) =>
        row.GetString(Places)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The first key of a section at a time, or in the past's case of those before it.</summary>
    public static string Key(string section, DateTimeOffset at) =>
        $"{section}{(section == Past ? DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks : at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture)}";

    /// <summary>Under which time a place is.</summary>
    public static DateTimeOffset TimeOf(string key)
    {
        var ticks = long.Parse(key.Split(':')[1], NumberStyles.None, CultureInfo.InvariantCulture);
        return new DateTimeOffset(key.StartsWith(Past, StringComparison.Ordinal) ? DateTimeOffset.MaxValue.UtcTicks - ticks : ticks, TimeSpan.Zero);
    }

    private static TableEntity Listed(TableEntity row, RegisteredMeeting meeting, string section, DateTimeOffset at, DateTimeOffset ends)
    {
        var place = new TableEntity(row.PartitionKey, $"{Key(section, at)}:{RowKey(meeting.Number)}")
        {
            [Registration] = meeting.Registration,
            [Status] = meeting.Snapshot.Status,
            [Ends] = ends,
        };
        Describe(place, meeting);
        return place;
    }
}
