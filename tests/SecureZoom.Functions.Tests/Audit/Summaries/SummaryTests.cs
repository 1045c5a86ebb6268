using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit.Summaries;

/// <summary>What a trail says in numbers: each record once, whoever counts and whatever ends in the middle, and nobody's name who is forgotten.</summary>
public sealed class SummaryTests(Cloud cloud) : AttackBench(cloud)
{
    private static AuditActor Mallory { get; } = new() { Type = "visitor", Email = "mallory@evil.test" };

    private DateTimeOffset Hour => SummarySpan.Hour.StartOf(Time.GetUtcNow()).AddHours(-3);

    [Fact]
    public async Task An_hour_and_a_day_say_who_signed_in_failed_joined_and_was_refused()
    {
        var bench = Bench();
        await bench.AppendAsync(Organization, Whole().Events);
        var unsigned = await ReadAsync(bench);
        Assert.Equal(Whole().Events.Count, (int)unsigned["asOf"]!["sequence"]!);

        await bench.SignAsync(Organization);
        await bench.CountAsync();
        Assert.Equal(unsigned.ToJsonString(), (await ReadAsync(bench)).ToJsonString());
        var hour = unsigned["buckets"]![0]!;
        Assert.Equal(
            """{"succeeded":2,"failed":3,"failedBy":[{"reason":"wrong_password","count":2},{"reason":"unknown_user","count":1}]}""", hour["signIns"]!.ToJsonString());
        Assert.Equal("""{"active":2,"atLeast":false,"withSecondFactor":1}""", hour["people"]!.ToJsonString());
        Assert.Equal("""{"challenged":1,"succeeded":1,"denied":1,"used":[{"factor":"totp","count":1}]}""", hour["factors"]!.ToJsonString());
        Assert.Equal("""{"host":1,"participant":1,"lowered":1}""", hour["signatures"]!.ToJsonString());
        Assert.Equal("""{"count":8,"by":[{"reason":"insufficient_scope","count":8}]}""", hour["denied"]!.ToJsonString());
        Assert.Equal("""{"created":1,"started":1,"ended":1}""", hour["meetings"]!.ToJsonString());
        Assert.Equal("""{"joined":1,"left":1}""", hour["participants"]!.ToJsonString());
        Assert.Equal((1, 1), ((int)hour["lockouts"]!, (int)hour["signOuts"]!));
        Assert.Equal("""[{"person":"bob@acme.example","name":"Bob Brown","failed":2,"succeeded":1},{"person":"mallory@evil.test","failed":1,"succeeded":0}]""", hour["top"]!["people"]!.ToJsonString());
        Assert.Equal("""[{"ip":"198.51.100.9","failed":3,"people":2}]""", hour["top"]!["addresses"]!.ToJsonString());
        var day = (await ReadAsync(bench, SummarySpan.Day))["buckets"]![0]!;
        foreach (var counted in (string[])["signIns", "people", "factors", "signatures", "denied", "meetings", "participants", "top"])
        {
            Assert.Equal(hour[counted]!.ToJsonString(), day[counted]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Records_are_counted_once_by_two_instances_at_once_and_after_a_crash()
    {
        var tap = new StorageTap();
        var (bench, crashing) = (Bench(), Keep(new TrailBench(Cloud, Time, tap)));
        await bench.AppendAsync(Organization, Many().Events);
        var expected = await ReadAsync(bench);
        await bench.SignAsync(Organization);
        await crashing.SignAsync(Organization);
        var batches = 0;
        tap.Fails = operation => operation.Contains("$batch", StringComparison.Ordinal) && ++batches > 1;
        await crashing.CountAsync();
        Assert.Equal(expected["buckets"]!.ToJsonString(), (await ReadAsync(bench))["buckets"]!.ToJsonString());

        var another = Bench();
        await another.SignAsync(Organization);
        await Task.WhenAll(bench.CountAsync(), another.CountAsync());
        var counted = await ReadAsync(bench);
        Assert.Equal(expected["buckets"]!.ToJsonString(), counted["buckets"]!.ToJsonString());
        Assert.Equal(Many().Events.Count, (int)counted["asOf"]!["sequence"]!);
    }

    [Fact]
    public async Task A_late_event_mends_its_hour_and_one_of_long_ago_counts_when_it_came()
    {
        var bench = Bench();
        await CountAsync(bench, new Day(Hour).SignIn(Day.Alice, 1));
        await CountAsync(bench, new Day(Hour).SignIn(Day.Bob, 2).Add("okta", "signin.succeeded", Day.Person("carol"), -60 * 60, "203.0.113.7"));
        var buckets = (await ReadAsync(bench))["buckets"]!.AsArray();
        Assert.Equal([(Hour, 2), (SummarySpan.Hour.StartOf(Time.GetUtcNow()), 1)], buckets.Select(one => ((DateTimeOffset)one!["start"]!, (int)one["signIns"]!["succeeded"]!)));
    }

    [Fact]
    public async Task A_summary_that_is_lost_or_forged_is_made_anew_and_says_the_same()
    {
        var bench = Bench();
        await CountAsync(bench, Whole());
        var before = (await ReadAsync(bench)).ToJsonString();
        foreach (var spoil in (Func<TableEntity, Task>[])[DeleteAsync, row => ReplaceAsync(row, "Content", "{}"u8.ToArray()), row => ReplaceAsync(row, "Mac", "none")])
        {
            await spoil((await Table.GetEntityAsync<TableEntity>(Organization, "s:state", cancellationToken: Cancellation)).Value);
            var again = Bench();
            await again.SignAsync(Organization);
            await again.CountAsync();
            Assert.Equal(before, (await ReadAsync(again)).ToJsonString());
        }

        // Of what was counted before nothing is left beside it.
        Assert.Equal(5, await Table.QueryAsync<TableEntity>($"PartitionKey eq '{Organization}' and RowKey ge 's:' and RowKey lt 's;'", cancellationToken: Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task Who_puts_back_how_far_it_is_counted_counts_nothing_twice()
    {
        var bench = Bench();
        await CountAsync(bench, new Day(Hour).SignIn(Day.Alice, 1).Fail(Day.Bob, 2));
        var state = (await Table.GetEntityAsync<TableEntity>(Organization, "s:state", cancellationToken: Cancellation)).Value;
        await CountAsync(bench, new Day(Hour).SignIn(Day.Alice, 5).Fail(Day.Bob, 6));
        await Table.UpsertEntityAsync(state, TableUpdateMode.Replace, Cancellation);
        var next = Bench();
        await CountAsync(next, new Day(Hour).SignOut(Day.Alice, 9));
        var hour = (await ReadAsync(next))["buckets"]![0]!;
        Assert.Equal((2, 2, 1), ((int)hour["signIns"]!["succeeded"]!, (int)hour["signIns"]!["failed"]!, (int)hour["signOuts"]!));
    }

    [Theory]
    [InlineData("success_after_failures", "bob@acme.example")]
    [InlineData("factor_denied_repeatedly", "alice@acme.example")]
    [InlineData("refused_after_sign_in", "alice@acme.example")]
    [InlineData("joined_without_sign_in", "0123456789abcdef0123456789abcdef")]
    [InlineData("other_network", "alice@acme.example")]
    [InlineData("locked", "bob@acme.example")]
    public async Task What_somebody_should_look_at_is_named_with_its_record(string code, string person)
    {
        var (bench, alice, bob) = (Bench(), Day.Alice, Day.Bob);
        var day = new Day(Hour).SignIn(alice, 0);
        _ = code switch
        {
            "success_after_failures" => day.Fail(bob, 1).Fail(bob, 2).Fail(bob, 3).Fail(bob, 4).Fail(bob, 5).SignIn(bob, 6),
            "factor_denied_repeatedly" => day.Factor(alice, 1, "mfa.denied").Factor(alice, 2, "mfa.denied").Factor(alice, 3, "mfa.denied"),
            "refused_after_sign_in" => day.Refuse(bob, 1).Refuse(alice, 2),
            "joined_without_sign_in" => day.Sign(alice, 1).Join(Day.PseudonymOf(alice), 2).Join(person, 3),
            "other_network" => day.Sign(alice, 1, ip: "203.0.113.99").Sign(alice, 2, ip: "2001:db8::1").Sign(alice, 3, ip: "198.51.100.1"),
            _ => day.Lock(bob, 1),
        };
        await CountAsync(bench, day);
        var attention = Assert.Single((await ReadAsync(bench))["attention"]!.AsArray())!;
        Assert.Equal((code, person, (long)day.Events.Count), ((string?)attention["code"], (string?)attention["person"], (long)attention["sequence"]!));
    }

    [Fact]
    public async Task An_account_is_locked_until_it_is_unlocked_or_somebody_signs_in()
    {
        var bench = Bench();
        await CountAsync(bench, new Day(Hour).Lock(Day.Alice, 1).Lock(Day.Bob, 2));
        Assert.Equal(["bob@acme.example", "alice@acme.example"], (await ReadAsync(bench))["locked"]!.AsArray().Select(one => (string)one!["person"]!));
        await CountAsync(bench, new Day(Hour).SignIn(Day.Bob, 3).Add("okta", "account.unlocked", Day.Alice, 4, ip: null));
        Assert.Empty((await ReadAsync(bench))["locked"]!.AsArray());
    }

    [Fact]
    public async Task One_sign_in_that_Okta_and_Auth0_both_tell_of_counts_once()
    {
        var bench = Bench();
        await CountAsync(bench, new Day(Hour).SignIn(Day.Alice, 1).SignIn(Day.Alice, 1, source: "auth0").SignIn(Day.Alice, 5));
        Assert.Equal(2, (int)(await ReadAsync(bench))["buckets"]![0]!["signIns"]!["succeeded"]!);
    }

    [Fact]
    public async Task Failures_lockouts_and_factors_that_Okta_and_Auth0_both_tell_of_count_once_and_make_no_takeover()
    {
        var (bench, day) = (Bench(), new Day(Hour));
        foreach (var minute in (int[])[1, 3, 5])
        {
            day.Fail(Day.Bob, minute).Fail(Day.Bob, minute, source: "auth0");
        }

        // Of one source two in a minute are two.
        day.Fail(Day.Alice, 7).Fail(Day.Alice, 7).Fail(Day.Alice, 7, source: "auth0");
        foreach (var source in (string[])["auth0", "okta"])
        {
            day.Lock(Day.Bob, 8, source).Factor(Day.Alice, 9, "mfa.challenged", source).Factor(Day.Alice, 9, "mfa.denied", source)
                .Factor(Day.Alice, 10, source: source).SignIn(Day.Bob, 12, source: source).SignOut(Day.Bob, 20, source);
        }

        await CountAsync(bench, day);
        var summary = await ReadAsync(bench);
        var hour = summary["buckets"]![0]!;
        Assert.Equal((1, 5), ((int)hour["signIns"]!["succeeded"]!, (int)hour["signIns"]!["failed"]!));
        Assert.Equal((1, 1), ((int)hour["lockouts"]!, (int)hour["signOuts"]!));
        Assert.Equal("{\"challenged\":1,\"succeeded\":1,\"denied\":1,\"used\":[{\"factor\":\"totp\",\"count\":1}]}", hour["factors"]!.ToJsonString());
        Assert.Equal(["locked"], summary["attention"]!.AsArray().Select(one => (string)one!["code"]!));
    }

    [Fact]
    public async Task Late_events_are_judged_by_when_things_happened()
    {
        var bench = Bench();
        await CountAsync(bench, new Day(Hour).Lock(Day.Bob, 10).Fail(Day.Alice, 11).Fail(Day.Alice, 12).Fail(Day.Alice, 13).Fail(Day.Alice, 14).Fail(Day.Alice, 15)
            .SignIn(Day.Bob, 5).SignIn(Day.Alice, 6));
        var summary = await ReadAsync(bench);
        Assert.Equal("bob@acme.example", (string?)Assert.Single(summary["locked"]!.AsArray())!["person"]);
        Assert.Equal(["locked"], summary["attention"]!.AsArray().Select(one => (string)one!["code"]!));
        await CountAsync(bench, new Day(Hour).SignIn(Day.Alice, 16));
        Assert.Contains((await ReadAsync(bench))["attention"]!.AsArray(), one => (string?)one!["code"] == "success_after_failures");
    }

    [Fact]
    public async Task Whoever_joins_as_somebody_is_not_them_and_pushes_nothing_else_out()
    {
        var bench = Bench();
        var day = new Day(Hour).SignIn(Day.Bob, 1).Lock(Day.Alice, 2).Join(Day.Bob.Email, 3);
        await CountAsync(bench, Enumerable.Range(0, 60).Aggregate(day, (told, guest) => told.Join($"guest-{guest}", 4)));
        var summary = await ReadAsync(bench);
        Assert.Equal(62, (int)summary["buckets"]![0]!["people"]!["active"]!);
        Assert.Equal(8, summary["attention"]!.AsArray().Count(one => (string?)one!["code"] == "joined_without_sign_in"));
        Assert.Contains(summary["attention"]!.AsArray(), one => (string?)one!["code"] == "locked");
    }

    [Fact]
    public async Task Counts_stay_and_names_go_with_the_person_also_while_somebody_counts()
    {
        var tap = new StorageTap();
        var (bench, counting) = (Bench(), Keep(new TrailBench(Cloud, Time, tap)));
        await CountAsync(bench, Whole());
        var before = (await ReadAsync(bench))["buckets"]![0]!;
        var bob = new NamedPerson(Day.Bob.Email!);
        Assert.Equal(7, await bench.SummaryEraser.TellAsync(Organization, bob, Cancellation).CountAsync(Cancellation));

        // Whoever had read his name before does not write it behind.
        await bench.AppendAsync(Organization, new Day(Hour).SignIn(Day.Alice, 50).Events);
        await counting.SignAsync(Organization);
        tap.Before = async operation =>
        {
            if (operation.Contains("$batch", StringComparison.Ordinal))
            {
                tap.Before = _ => Task.CompletedTask;
                await bench.SummaryEraser.ForgetAsync(Organization, bob, Cancellation);
            }
        };
        await counting.CountAsync();
        var after = (await ReadAsync(bench))["buckets"]![0]!;
        Assert.Equal(before["people"]!.ToJsonString(), after["people"]!.ToJsonString());
        Assert.Equal(before["signIns"]!["failedBy"]!.ToJsonString(), after["signIns"]!["failedBy"]!.ToJsonString());
        Assert.Equal(["mallory@evil.test"], after["top"]!["people"]!.AsArray().Select(one => (string)one!["person"]!));
        Assert.Equal((int)before["signIns"]!["succeeded"]! + 1, (int)after["signIns"]!["succeeded"]!);
        Assert.Empty(await bench.SummaryEraser.TellAsync(Organization, bob, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public void People_of_a_day_are_told_apart_up_to_twenty_thousand_and_then_they_are_at_least_so_many()
    {
        var bucket = new SummaryBucket(SummarySpan.Day, Hour, new SummaryCounts(), new SummaryPeople());
        for (ulong person = 0; person < 20_000; person++)
        {
            bucket.AddActive(person);
            bucket.AddActive(person / 2);
        }

        Assert.Equal((20_000, false), (bucket.Counts.Active, bucket.Counts.ActiveAtLeast));
        bucket.AddActive(20_000);
        Assert.Equal((20_000, true), (bucket.Counts.Active, bucket.Counts.ActiveAtLeast));
        Assert.Equal(20_000, SummaryPeople.Of(bucket.People.ToBytes()).Active);
    }

    /// <summary>One hour with everything in it.</summary>
    private Day Whole() => new Day(Hour)
        .Fail(Day.Bob, 1, "198.51.100.9").Fail(Day.Bob, 2, "198.51.100.9").Fail(Mallory, 3, "198.51.100.9", "unknown_user").Lock(Day.Bob, 4)
        .Factor(Day.Alice, 5, "mfa.challenged").Factor(Day.Alice, 6, "mfa.denied").Factor(Day.Alice, 7).SignIn(Day.Alice, 8).SignIn(Day.Bob, 9)
        .Zoom("meeting.created", 10).Sign(Day.Alice, 11, role: 1, asked: 1).Sign(Day.Bob, 12, asked: 1).Refuse(Day.Bob, 13).Refuse(Day.Bob, 14, count: 7)
        .Zoom("meeting.started", 15).Join(Day.PseudonymOf(Day.Alice), 16, "Alice").Leave(Day.PseudonymOf(Day.Alice), 17).Zoom("meeting.ended", 18).SignOut(Day.Alice, 19);

    /// <summary>Two days of hours, more than one transaction takes.</summary>
    private Day Many()
    {
        var day = new Day(Hour.AddDays(-1.8));
        for (var hour = 0; hour < 45; hour++)
        {
            day.SignIn(Day.Person($"p{hour % 7}"), hour * 60).Fail(Day.Person($"p{hour % 5}"), (hour * 60) + 1);
        }

        return day;
    }

    private TableClient Table => new(Cloud.Storage.ConnectionString, AuditTrail.TableName);

    private async Task CountAsync(TrailBench bench, Day day)
    {
        await bench.AppendAsync(Organization, day.Events);
        Assert.True(await bench.SignAsync(Organization));
        await bench.CountAsync();
    }

    private async Task<JsonNode> ReadAsync(TrailBench bench, SummarySpan? by = null)
    {
        var span = by ?? SummarySpan.Hour;
        var (from, to) = (span.StartOf(Hour.AddDays(-3)), span.EndOf(Time.GetUtcNow()));
        var answer = await bench.SummaryReader.ReadAsync(Organization, span, from, to, [], Cancellation);
        return JsonNode.Parse(JsonSerializer.Serialize(answer, AuditJson.Default.SummaryResponse))!;
    }

    private async Task DeleteAsync(TableEntity row) => await Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, Cancellation);

    private async Task ReplaceAsync(TableEntity row, string column, object value)
    {
        row[column] = value;
        await Table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Cancellation);
    }
}
