using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Forgets a person in the registry: in meetings that are over. One that is yet to come needs its hosts, and Zoom tells its topic.</summary>
internal sealed class MeetingEraser(MeetingTable table, TimeProvider time) : IPersonStore
{
    private const string Erased = "[erased]";
    private const string Started = "started";
    private const int AtOnce = 500;
    private const int Attempts = 5;

    public async Task<IReadOnlyList<string>> ForgetAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var kept = new List<string>();
        await foreach (var row in FindAsync(organization, person, cancellationToken))
        {
            if (await ForgetAsync(row, person, cancellationToken) is { } why)
            {
                kept.Add(why);
            }
        }

        return kept;
    }

    public IAsyncEnumerable<JsonObject> TellAsync(string organization, NamedPerson person, CancellationToken cancellationToken) =>
        FindAsync(organization, person, cancellationToken).Select(row => Tell(MeetingRow.Read(row), person));

    private async IAsyncEnumerable<TableEntity> FindAsync(string organization, NamedPerson person, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var partition = MeetingRow.OrganizationKey(organization);
        var (from, to) = ("0", ":");
        await foreach (var row in table.QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}"), AtOnce, cancellationToken))
        {
            if (await table.IsSealedAsync(row, cancellationToken) && row.ContainsKey(MeetingRow.Meeting) && Names(MeetingRow.Read(row).Snapshot, person))
            {
                yield return row;
            }
        }
    }

    private static JsonObject Tell(RegisteredMeeting meeting, NamedPerson person) => new()
    {
        ["table"] = MeetingTable.Name,
        ["meeting"] = meeting.Number.Value,
        ["host"] = person.IsAddress(meeting.Snapshot.HostEmail) ? meeting.Snapshot.HostEmail : null,
        ["alternativeHost"] = person.IsAmong(meeting.Snapshot.Settings?.AlternativeHosts),
        ["topic"] = meeting.Snapshot.Topic is { } topic && person.IsIn(topic) ? topic : null,
        ["agenda"] = meeting.Snapshot.Agenda is { } agenda && person.IsIn(agenda) ? agenda : null,
    };

    /// <returns>Why it stays; null where it does not.</returns>
    private async Task<string?> ForgetAsync(TableEntity row, NamedPerson person, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var meeting = MeetingRow.Read(row);
            if (!Names(meeting.Snapshot, person))
            {
                return null;
            }

            if (!IsOver(row, meeting))
            {
                return string.Create(CultureInfo.InvariantCulture, $"meeting {meeting.Number.Value} is not over, and names them");
            }

            MeetingRow.Describe(row, meeting with { Snapshot = Without(meeting.Snapshot, person) });
            if (await table.TryMoveAsync(row, cancellationToken))
            {
                return null;
            }

            if (await table.GetAsync(row.PartitionKey, row.RowKey, cancellationToken) is not { } now)
            {
                return null;
            }

            row = now;
        }

        throw new InvalidOperationException("Others are always faster.");
    }

    private bool IsOver(TableEntity row, RegisteredMeeting meeting) =>
        row.GetBoolean(MeetingRow.Deleted) is true
        || meeting.IsClosed
        || (meeting.Snapshot.Status != Started
            && (meeting.Snapshot.Status == MeetingRow.Ended
                || (MeetingTimes.StartOf(meeting.Snapshot) is { } start && start + MeetingTimes.LengthOf(meeting.Snapshot) < time.GetUtcNow())));

    private static bool Names(MeetingSnapshot meeting, NamedPerson person) =>
        person.IsAddress(meeting.HostEmail)
        || person.IsAmong(meeting.Settings?.AlternativeHosts)
        || (meeting.Topic is { } topic && person.IsIn(topic))
        || (meeting.Agenda is { } agenda && person.IsIn(agenda));

    private static MeetingSnapshot Without(MeetingSnapshot meeting, NamedPerson person) => meeting with
    {
        HostEmail = person.IsAddress(meeting.HostEmail) ? null : meeting.HostEmail,
        Topic = meeting.Topic is { } topic && person.IsIn(topic) ? Erased : meeting.Topic,
        Agenda = meeting.Agenda is { } agenda && person.IsIn(agenda) ? Erased : meeting.Agenda,
        Settings = meeting.Settings is { AlternativeHosts: { } others } settings && person.IsAmong(others)
            ? settings with { AlternativeHosts = string.Join(';', others.Split([',', ';']).Where(other => !person.IsAddress(other))) }
            : meeting.Settings,
    };
}
