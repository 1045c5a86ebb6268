using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Audit.Summaries;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit.Indexing;

/// <summary>One person is found whatever they are called, and by reading little else.</summary>
public sealed class IndexTests(Cloud cloud) : AttackBench(cloud)
{
    /// <summary>What Alice did, by their places in <see cref="TellAsync"/>.</summary>
    private static readonly long[] Hers = [300, 301, 302, 303, 304];

    private TableClient Table => new(Cloud.Storage.ConnectionString, AuditTrail.TableName);

    [Fact]
    public async Task A_person_is_found_under_each_of_their_names_in_tiles_behind_them_and_with_a_lost_or_forged_index()
    {
        var bench = await TellAsync(indexed: false);
        await AssertFoundAsync(bench);
        Assert.True(await bench.SignAsync(Organization));
        await bench.CountAsync();
        await AssertFoundAsync(bench);

        var filter = (await Table.GetEntityAsync<TableEntity>(Organization, $"f:{1:D19}", cancellationToken: Cancellation)).Value;
        filter["Content"] = Array.Empty<byte>();
        await Table.UpdateEntityAsync(filter, ETag.All, TableUpdateMode.Replace, Cancellation);
        await AssertFoundAsync(bench);
        await Table.DeleteEntityAsync(Organization, filter.RowKey, ETag.All, Cancellation);
        await AssertFoundAsync(bench);
    }

    [Fact]
    public async Task Who_writes_a_tile_s_filter_before_it_is_whole_keeps_nothing_out_of_the_index()
    {
        var bench = await TellAsync(indexed: false);
        var key = $"f:{1:D19}";
        await Table.AddEntityAsync(new TableEntity(Organization, key), Cancellation);
        Assert.True(await bench.SignAsync(Organization));
        await bench.CountAsync();
        var written = (await Table.GetEntityAsync<TableEntity>(Organization, key, cancellationToken: Cancellation)).Value;
        Assert.NotNull(written.GetString("Mac"));
        await AssertFoundAsync(bench);
    }

    [Fact]
    public async Task A_person_s_records_are_read_with_the_filters_of_their_tiles_and_the_tail_and_no_others()
    {
        await TellAsync(indexed: true);
        var tap = new StorageTap();
        var bench = Keep(new TrailBench(Cloud, Time, tap));
        Assert.Equal(Hers, await FindAsync(bench, Day.Alice.Email!));

        // Four ranges: which tiles have filters, the filters, and the tail twice, for names and for records. Then hers, each by itself.
        Assert.Equal((4, Hers.Length), (tap.Count("GET", "audit()"), tap.Count("GET", "RowKey='0000")));
        Assert.InRange(tap.Count("GET"), 1, 20);
    }

    [Fact]
    public async Task An_address_is_found_by_its_places_alone()
    {
        var bench = await TellAsync(indexed: true);
        var found = await bench.Reader.ReadAsync(Query(ip: "192.0.2.44"), before: null, limit: 10, Cancellation);
        Assert.Equal([301L], found.Records.Select(record => record.Sequence));
        Assert.Equal(new LookedAt(1, 520), found.LookedAt);
    }

    [Fact]
    public async Task Nothing_of_the_index_leads_to_a_person_who_is_forgotten()
    {
        var bench = await TellAsync(indexed: true);
        var alice = new NamedPerson(Day.Alice.Email!, new KnownAs([], [new KnownAccount(Day.Issuer, Day.Alice.Subject!)], [Day.Alice.Subject!, Day.PseudonymOf(Day.Alice)], []));
        Assert.Single(await bench.IndexEraser.TellAsync(Organization, alice, Cancellation).ToListAsync(Cancellation));
        foreach (var sequence in Hers)
        {
            await EraseAsync(sequence);
        }

        await bench.IndexEraser.ForgetAsync(Organization, alice, Cancellation);
        Assert.Empty(await bench.IndexEraser.TellAsync(Organization, alice, Cancellation).ToListAsync(Cancellation));
        // Bob's names, and nobody's else: four of them.
        Assert.Equal(4, await Table.QueryAsync<TableEntity>($"PartitionKey eq '{Organization}' and RowKey ge 'k:' and RowKey lt 'k;'", cancellationToken: Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_text_is_looked_for_in_so_many_records_and_the_answer_says_in_which()
    {
        var bench = await TellAsync(indexed: true);
        var found = await bench.Reader.ReadAsync(Query(text: "ALICE adams"), before: null, limit: 2, Cancellation);
        Assert.Equal([302L, 301], found.Records.Select(record => record.Sequence));
        Assert.Equal((301L, new LookedAt(301, 520)), (found.Before, found.LookedAt));
        found = await bench.Reader.ReadAsync(Query(text: "alice adams"), found.Before, limit: 10, Cancellation);
        Assert.Equal([300L], found.Records.Select(record => record.Sequence));
        Assert.Equal((null, new LookedAt(1, 300)), (found.Before, found.LookedAt));
    }

    /// <summary>Two tiles and eight records, with a day of hers in the second, and a day of Bob's in the first.</summary>
    private async Task<TrailBench> TellAsync(bool indexed)
    {
        var bench = Bench();
        var at = Time.GetUtcNow().AddHours(-1);
        await bench.AppendAsync(Organization, new Day(at).Sign(Day.Bob, 0).Events);
        await bench.AppendAsync(Organization, Fillers(298));
        var key = Day.PseudonymOf(Day.Alice);
        await bench.AppendAsync(
            Organization,
            new Day(at).SignIn(Day.Alice, 1).Sign(Day.Alice, 2, ip: "192.0.2.44").Join(key, 3, "Alice Adams").Leave(key, 4).Lock(Day.Alice, 5).Events);
        await bench.AppendAsync(Organization, Fillers(216));
        if (indexed)
        {
            Assert.True(await bench.SignAsync(Organization));
            await bench.CountAsync();
        }

        return bench;
    }

    private static AuditEvent[] Fillers(int count) => [.. Enumerable.Range(0, count).Select(_ => Story.Event(actor: new AuditActor { Type = "system", Name = "Zoom" }, source: "zoom", topic: null))];

    private async Task AssertFoundAsync(TrailBench bench)
    {
        var alice = Day.Alice;
        foreach (var name in (string[])[alice.Email!, alice.Email!.ToUpperInvariant(), alice.Subject!, Day.PseudonymOf(alice), $"{alice.Issuer}|{alice.Subject}"])
        {
            Assert.Equal(Hers, await FindAsync(bench, name));
        }

        Assert.Equal([1L], await FindAsync(bench, Day.Bob.Email!));
        Assert.Empty(await FindAsync(bench, "nobody@acme.example"));
    }

    private async Task<IEnumerable<long>> FindAsync(TrailBench bench, string person)
    {
        var found = await bench.Reader.ReadAsync(Query(person), before: null, limit: 100, Cancellation);
        return found.Records.Select(record => record.Sequence).Reverse();
    }

    private AuditQuery Query(string? person = null, string? ip = null, string? text = null) =>
        new(Organization, From: null, To: null, Action: null, person, ip, Meeting: null, Outcome: null, Source: null, text);

    private async Task EraseAsync(long sequence)
    {
        var row = (await Table.GetEntityAsync<TableEntity>(Organization, TrailRows.KeyOf(sequence), cancellationToken: Cancellation)).Value;
        var stored = TrailRows.Read(row, sequence);
        var record = stored.Line!.Record with { Parts = [.. stored.Line.Record.Parts.Select(part => part.Withhold())] };
        await Table.UpdateEntityAsync(TrailRows.Row(Organization, stored with { Line = stored.Line with { Record = record } }), ETag.All, TableUpdateMode.Replace, Cancellation);
    }
}
