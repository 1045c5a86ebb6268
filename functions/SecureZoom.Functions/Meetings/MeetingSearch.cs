using Azure.Data.Tables;
using SecureZoom.Functions.Zoom;
using static SecureZoom.Functions.Meetings.MeetingRow;

namespace SecureZoom.Functions.Meetings;

/// <summary>An organisation's meetings in order of time, page by page.</summary>
/// <remarks>
/// A page is a query for the rows that list its meetings, and a point read for the holder of each number: a list tells nothing of a meeting
/// that is another organisation's by now. Series that are behind their time are moved on before those that wait, or are past, are looked at.
/// </remarks>
public sealed class MeetingSearch(MeetingTable table, MeetingRegistry registry, TimeProvider time)
{
    /// <summary>How many rows a search looks at before its caller has to ask again.</summary>
    public const int MostLooked = 500;

    /// <summary>How many series a call moves on before its caller has to ask again, with a page that may be short.</summary>
    private const int MostMoved = 5_000;

    private const int SearchedAtOnce = 100;

    /// <summary>How far clocks may be apart: what Zoom says has ended may have done so in our future.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    /// <param name="after">The last place of the page before; null for the first page.</param>
    public async Task<MeetingPage> FindAsync(
        string organization, MeetingQuery query, string? after, int pageSize, CancellationToken cancellationToken)
    {
        var found = new List<(RegisteredMeeting Meeting, string Place)>();
        var looked = 0;
        foreach (var section in query.Sections.SkipWhile(section => after?.StartsWith(section, StringComparison.Ordinal) == false))
        {
            var atOnce = query.Searches ? SearchedAtOnce : pageSize + 1 - found.Count;
            var filter = Filter(organization, section, query, after);
            await foreach (var rows in table.QueryAsync(filter, atOnce, cancellationToken).Chunk(atOnce))
            {
                var due = rows.Where(MeetingPlaces.IsDue).ToList();
                await Task.WhenAll(due.Select(row => MoveOnAsync(organization, row, cancellationToken)));
                found.AddRange(await ReadAsync(rows.Where(row => IsAsked(row, section, query)), query, cancellationToken));
                looked += rows.Length;
                if (found.Count > pageSize)
                {
                    return Page(found[..pageSize], found[pageSize - 1].Place);
                }

                if ((query.Searches && looked >= MostLooked) || (due.Count > 0 && looked >= MostMoved))
                {
                    return Page(found, rows[^1].RowKey);
                }
            }

            after = null;
        }

        return Page(found, last: null);
    }

    private static MeetingPage Page(List<(RegisteredMeeting Meeting, string Place)> found, string? last) =>
        new([.. found.Select(one => one.Meeting)], last);

    private string Filter(string organization, string section, MeetingQuery query, string? after)
    {
        var now = time.GetUtcNow();
        var partition = OrganizationKey(organization);
        var (least, most) = (query.From ?? DateTimeOffset.MinValue, query.To ?? DateTimeOffset.MaxValue);
        switch (section)
        {
            case MeetingPlaces.Past:
                var latest = Earlier(most, now + Apart);
                // The times go down: a key behind that of the end is of an earlier time.
                var (newest, oldest) = (after ?? $"{MeetingPlaces.Key(section, latest)};", $"{MeetingPlaces.Key(section, least)};");
                return TableClient.CreateQueryFilter(
                    $"PartitionKey eq {partition} and RowKey gt {newest} and RowKey lt {oldest} and Ends le {now}");
            case MeetingPlaces.Waiting:
                var (first, last) = (after ?? MeetingPlaces.Key(section, Later(least, now - MeetingTimes.Longest)), End(section, query.To));
                return TableClient.CreateQueryFilter(
                    $"PartitionKey eq {partition} and RowKey gt {first} and RowKey lt {last} and Ends gt {now}");
            default:
                var begin = after ?? (section == MeetingPlaces.Due ? section : MeetingPlaces.Key(MeetingPlaces.Running, least));
                var end = section == MeetingPlaces.Running ? End(section, query.To) : MeetingPlaces.Key(MeetingPlaces.Due, now);
                return TableClient.CreateQueryFilter(
                    $"PartitionKey eq {partition} and RowKey gt {begin} and RowKey lt {end} and Ends gt {now}");
        }
    }

    /// <summary>Behind those that run and are asked for may be later ones, before what is due.</summary>
    private static bool IsAsked(TableEntity row, string section, MeetingQuery query) =>
        !MeetingPlaces.IsDue(row) && (section != MeetingPlaces.RunningAndDue || query.To is not { } to || MeetingPlaces.TimeOf(row.RowKey) < to);

    private async Task MoveOnAsync(string organization, TableEntity due, CancellationToken cancellationToken)
    {
        if (await table.IsSealedAsync(due, cancellationToken))
        {
            await registry.MoveOnAsync(organization, NumberOf(due), cancellationToken);
        }
    }

    private static string End(string section, DateTimeOffset? to) => to is { } most ? MeetingPlaces.Key(section, most) : $"{section};";

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Those of the rows that are ours, match, and count.</summary>
    private async Task<IEnumerable<(RegisteredMeeting Meeting, string Place)>> ReadAsync(
        IEnumerable<TableEntity> rows, MeetingQuery query, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var read = new List<(TableEntity Row, RegisteredMeeting Meeting)>();
        foreach (var row in rows)
        {
            if (await table.IsSealedAsync(row, cancellationToken) && Read(row) is { } meeting && query.Matches(meeting))
            {
                read.Add((row, meeting));
            }
        }

        var holders = await Task.WhenAll(read.Select(one =>
            table.GetAsync(AccountKey(one.Meeting.AccountId), RowKey(one.Meeting.Number), cancellationToken)));
        return read.Zip(holders).Where(pair => Counts(pair.First.Row, pair.Second)).Select(pair => (pair.First.Meeting.At(now), pair.First.Row.RowKey));
    }
}
