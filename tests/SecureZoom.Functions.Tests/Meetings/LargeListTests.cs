using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>An organisation with many meetings, in a cloud of its own, and somebody who can write to its table.</summary>
public sealed class LargeListTests : IAsyncLifetime
{
    private const int PageSize = 30;

    private readonly Cloud _cloud = new();
    private readonly StorageTap _storage = new();
    private readonly Account _alice = Accounts.Alice.In($"org_large_{Guid.NewGuid():N}");
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private App _app = null!;
    private int _meetings;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TableClient Table => new(_cloud.Storage.ConnectionString, MeetingTable.Name);

    private string Partition => MeetingRow.OrganizationKey(_alice.OrganizationId!);

    public async ValueTask InitializeAsync()
    {
        await _cloud.InitializeAsync();
        _app = await App.StartAsync(_cloud, services: services => _storage.Tap(services, _cloud));
        await Table.CreateIfNotExistsAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task A_page_reads_two_pages_of_rows_at_most_and_a_search_500_rows()
    {
        await PlanAsync(10_000);
        foreach (var (query, queries, first) in ((string, int, string)[])
        [
            ("", 2, "Running 9995"), ("when=now", 1, "Running 9995"), ("when=upcoming", 2, "Waiting 5000"), ("when=past", 2, "Over 4999"),
            ($"when=upcoming&from={_now.AddDays(200):yyyy-MM-dd}", 2, ""),
        ])
        {
            var (before, read) = (_storage.Count("GET", "/meetings()"), _storage.Count("GET", "/meetings("));
            var page = (await _app.As(_alice).GetAsync($"meetings?{query}&pageSize={PageSize}")).Json;
            var asked = _storage.Count("GET", "/meetings()") - before;
            // The rest are point reads: who holds the number.
            var points = _storage.Count("GET", "/meetings(") - read - asked;
            Assert.Equal((query, queries), (query, asked));
            Assert.InRange(points, 1, PageSize + 1);
            var meetings = page["meetings"]!.AsArray();
            Assert.StartsWith(first, (string?)meetings[0]!["topic"], StringComparison.Ordinal);
            Assert.True(query == "when=now" || meetings.Count == PageSize, query);
        }

        // What is in the last row only takes twenty calls to find, each of which says how far it came.
        var (cursor, calls, came) = ("", 0, DateTimeOffset.MinValue);
        JsonObject found;
        do
        {
            var before = _storage.Count("GET", "/meetings()");
            found = (await _app.As(_alice).GetAsync($"meetings?when=upcoming&query=9994&cursor={cursor}")).Json;
            // And one for series behind their time.
            Assert.InRange(_storage.Count("GET", "/meetings()") - before, 1, (MeetingSearch.MostLooked / 100) + 1);
            cursor = (string?)found["cursor"];
            Assert.Equal(cursor is null, found["lookedTo"] is null);
            Assert.True(cursor is null || (DateTimeOffset)found["lookedTo"]! > came);
            came = (DateTimeOffset?)found["lookedTo"] ?? came;
            calls++;
        }
        while (cursor is not null && found["meetings"]!.AsArray().Count == 0);
        Assert.Equal("Waiting 9994", (string?)Assert.Single(found["meetings"]!.AsArray())!["topic"]);
        Assert.InRange(calls, 9, 11);

        // Ten series that nobody has looked at since their last time are moved on by whoever lists them, once.
        await PlantBehindAsync(0, 10);
        foreach (var moves in (int[])[10, 0])
        {
            var (before, moved) = (_storage.Count("GET", "/meetings()"), _storage.Count("POST", "/$batch"));
            var page = (await _app.As(_alice).GetAsync($"meetings?pageSize={PageSize}")).Json;
            Assert.Equal((2, moves), (_storage.Count("GET", "/meetings()") - before, _storage.Count("POST", "/$batch") - moved));
            Assert.Equal(
                [.. Enumerable.Repeat("Running", 5), .. Enumerable.Repeat("Behind", 10), .. Enumerable.Repeat("Waiting", 15)],
                page["meetings"]!.AsArray().Select(meeting => ((string)meeting!["topic"]!).Split(' ')[0]));
        }

        // However many there are, the page is full.
        await PlantBehindAsync(10, MeetingSearch.MostLooked + 40);
        Assert.Equal(PageSize, (await _app.As(_alice).GetAsync($"meetings?pageSize={PageSize}")).Json["meetings"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_forged_or_copied_place_leads_nowhere_and_is_reported_and_one_of_a_number_given_away_leads_nowhere()
    {
        await PlanAsync(40);
        var thief = Accounts.Dave.In($"org_thief_{Guid.NewGuid():N}");
        var place = await Table.QueryAsync<TableEntity>(row => row.PartitionKey == Partition && row.RowKey.CompareTo("w:") > 0, cancellationToken: Cancellation)
            .FirstAsync(Cancellation);
        place.PartitionKey = MeetingRow.OrganizationKey(thief.OrganizationId!);
        await Table.UpsertEntityAsync(place, TableUpdateMode.Replace, Cancellation);
        Assert.Equal("""{"meetings":[]}""", (await _app.As(thief).GetAsync("meetings")).Text);
        Assert.Contains(_app.Logs.Entries, entry =>
            entry.StartsWith("Critical", StringComparison.Ordinal) && entry.Contains(thief.OrganizationId!, StringComparison.Ordinal) && entry.Contains(place.RowKey, StringComparison.Ordinal));

        // The place moved to another time in its own partition.
        place.PartitionKey = Partition;
        place.RowKey = $"r:{place.RowKey[2..]}";
        await Table.UpsertEntityAsync(place, TableUpdateMode.Replace, Cancellation);
        Assert.Equal(5, (await _app.As(_alice).GetAsync("meetings?when=now")).Json["meetings"]!.AsArray().Count);
        Assert.Contains(_app.Logs.Entries, entry => entry.StartsWith("Critical", StringComparison.Ordinal) && entry.Contains(place.RowKey, StringComparison.Ordinal));

        // Somebody else has the number by now: an old place, genuine as it is, tells nothing.
        await WriteAsync([new TableEntity(MeetingRow.AccountKey(Cloud.ZoomAccountId), Row(35).RowKey)
        {
            [MeetingRow.Owner] = thief.OrganizationId,
            [MeetingRow.Registration] = Guid.NewGuid().ToString("N"),
        }]);
        Assert.Equal(4, (await _app.As(_alice).GetAsync("meetings?when=now")).Json["meetings"]!.AsArray().Count);
    }

    private async Task PlanAsync(int meetings)
    {
        _meetings = meetings;
        var (listed, holders) = (new List<TableEntity>(), new List<TableEntity>());
        for (var i = 0; i < meetings; i++)
        {
            var row = Row(i);
            listed.AddRange(MeetingPlaces.Of(row, _now));
            holders.Add(new TableEntity(MeetingRow.AccountKey(Cloud.ZoomAccountId), row.RowKey)
            {
                [MeetingRow.Owner] = _alice.OrganizationId,
                [MeetingRow.Registration] = row.GetString(MeetingRow.Registration),
            });
        }

        await WriteAsync(listed);
        await WriteAsync(holders);
    }

    /// <summary>Series as they stood two hours ago, before their last time.</summary>
    private async Task PlantBehindAsync(int from, int count)
    {
        var (listed, holders) = (new List<TableEntity>(), new List<TableEntity>());
        for (var i = from; i < from + count; i++)
        {
            var number = MeetingNumber.From(80_000_020_000 + i)!.Value;
            var row = new TableEntity(Partition, MeetingRow.RowKey(number)) { [MeetingRow.Registration] = $"{i:D31}b", [MeetingRow.Deleted] = false };
            MeetingRow.Describe(row, new RegisteredMeeting(_alice.OrganizationId!, number, Cloud.ZoomAccountId, new MeetingSnapshot
            {
                Topic = $"Behind {i}",
                Type = 8,
                Status = "waiting",
                HostEmail = _alice.Email,
                Occurrences = [Occurrence(_now.AddMinutes(-90)), Occurrence(_now.AddMinutes(30))],
            }));
            var places = MeetingPlaces.Of(row, _now.AddHours(-2));
            MeetingPlaces.Note(row, places);
            listed.AddRange([row, .. places]);
            holders.Add(new TableEntity(MeetingRow.AccountKey(Cloud.ZoomAccountId), row.RowKey)
            {
                [MeetingRow.Owner] = _alice.OrganizationId,
                [MeetingRow.Registration] = row.GetString(MeetingRow.Registration),
            });
        }

        await WriteAsync(listed);
        await WriteAsync(holders);
    }

    private static MeetingOccurrence Occurrence(DateTimeOffset start) =>
        new($"{start.ToUnixTimeMilliseconds()}", SeriesBench.Text(start), 60, "available");

    /// <summary>The first half is over, the other waits, each tenth of them as a series, and the last five run.</summary>
    private TableEntity Row(int i)
    {
        var status = i < _meetings / 2 ? "ended" : i < _meetings - 5 ? "waiting" : "started";
        var start = _now.AddHours(i < _meetings / 2 ? i - _meetings : i - (_meetings / 2) + 1);
        var number = MeetingNumber.From(80_000_000_000 + i)!.Value;
        var row = new TableEntity(Partition, MeetingRow.RowKey(number)) { [MeetingRow.Registration] = $"{i:D32}" };
        MeetingRow.Describe(row, new RegisteredMeeting(_alice.OrganizationId!, number, Cloud.ZoomAccountId, new MeetingSnapshot
        {
            Topic = $"{(status == "ended" ? "Over" : status == "waiting" ? "Waiting" : "Running")} {i}",
            StartTime = start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            Duration = 60,
            Status = status,
            HostEmail = _alice.Email,
            Type = i % 10 == 0 && status == "waiting" ? 8 : 2,
            Occurrences = i % 10 == 0 && status == "waiting" ? [Occurrence(start), Occurrence(start.AddYears(3))] : null,
        }));
        return row;
    }

    private async Task WriteAsync(List<TableEntity> rows)
    {
        var seal = _app.Services.GetRequiredService<RowSeal>();
        foreach (var batch in rows.Chunk(100))
        {
            foreach (var row in batch)
            {
                await seal.SealAsync(MeetingTable.Name, row, Cancellation);
            }

            await Table.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), Cancellation);
        }
    }
}
