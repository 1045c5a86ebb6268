using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Sandbox.Storage;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>A row in a trail that is none of ours is named wherever it is read, and keeps nothing else from being read, appended or signed.</summary>
public sealed class MalformedRowTests(Cloud cloud, MalformedRowTests.Fixture fixture) : IClassFixture<MalformedRowTests.Fixture>, IAsyncLifetime
{
    /// <summary>What somebody makes of record 3 of 5.</summary>
    private static readonly Dictionary<string, Action<TableEntity>> Malformed = new()
    {
        ["the deed is text"] = row => row["Deed"] = "text",
        ["the deed is a number"] = row => row["Deed"] = 7,
        ["the deed is not there"] = row => row.Remove("Deed"),
        ["the deed is no JSON"] = row => row["Deed"] = "none"u8.ToArray(),
        ["the deed is no object"] = row => row["Deed"] = "[1]"u8.ToArray(),
        ["the deed is no UTF-8"] = row => row["Deed"] = new byte[] { (byte)'{', 0xff, (byte)'}' },
        ["the deed is cut"] = row => row["Deed"] = ((byte[])row["Deed"])[..^9],
        ["the deed has lines"] = row => row["Deed"] = Edited(row, "{", "{\n"),
        ["the deed has no actor"] = row => row["Deed"] = Edited(row, "\"actor\":{", "\"actor\":null,\"x\":{"),
        ["the deed's details are a number"] = row => row["Deed"] = Edited(row, "{", "{\"details\":5,"),
        ["the deed's details have a member twice"] = row => row["Deed"] = Edited(row, "{", "{\"details\":{\"a\":1,\"a\":{\"b\":1,\"b\":2}},"),
        ["the deed is of the end of time, in a zone behind it"] = row =>
            row["Deed"] = Edited(row, "\"v\":1,", "\"v\":1,\"occurredAt\":\"9999-12-31T23:59:59Z\",\"details\":{\"timezone\":\"Pacific/Kiritimati\"},"),
        ["the person is no JSON"] = row => row["Parts"] = new byte[((byte[])row["Parts"]).Length],
        ["the lengths are longer than the parts"] = row => row["Lengths"] = "99999",
        ["the lengths are no numbers"] = row => row["Lengths"] = "x",
        ["the lengths are binary"] = row => row["Lengths"] = new byte[] { 1 },
        ["the salts are short"] = row => row["Salts"] = new byte[5],
        ["the leaf is short"] = row => row["Leaf"] = new byte[5],
        ["the leaf is a date"] = row => row["Leaf"] = DateTimeOffset.UnixEpoch,
        ["the MAC is a number"] = row => row["Mac"] = 1.5,
    };

    private readonly string _organization = Story.NewOrganization();

    public static TheoryData<string> Kinds => [.. Malformed.Keys];

    public async ValueTask InitializeAsync() => await fixture.App.Services.GetRequiredService<AuditTrail>()
        .AppendAsync(_organization, Story.Events(5), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Lists_exports_and_verification_answer_and_name_it(string kind)
    {
        await new Attacker(cloud, _organization).AlterAsync(3, Malformed[kind]);

        await AssertNamedAsync(records: 5);
    }

    [Theory]
    [InlineData("0000000000000000003x")]
    [InlineData("0000000000000000002:")]
    [InlineData("0000000000000000004A")]
    public async Task A_row_with_a_key_that_is_none_is_named_too(string key)
    {
        await new Attacker(cloud, _organization).PutAsync(new TableEntity(_organization, key) { ["Deed"] = "x" });

        await AssertNamedAsync(records: 6);
    }

    [Fact]
    public async Task Organisations_behind_it_are_signed_and_so_is_what_others_append()
    {
        await using var storage = await Azurite.StartAsync(new(), TestContext.Current.CancellationToken);
        using var bench = new TrailBench(cloud, storage: storage.ConnectionString);
        foreach (var organization in (string[])["a", "b", "c", "d"])
        {
            await bench.AppendAsync(organization, Story.Events(2));
        }

        await new Attacker(storage.ConnectionString, "a").AlterAsync(1, row => row["Deed"] = 5);
        await new Attacker(storage.ConnectionString, "b").AlterAsync("head", row => row["Edge"] = "x");
        await new Attacker(storage.ConnectionString, "c").PutAsync(new TableEntity("c", "0000000000000000001x"));

        Assert.Equal(3, await bench.Signer.SignAllAsync(TestContext.Current.CancellationToken));

        Assert.Equal(2, (await bench.VerifyAsync("d")).CoveredTo!.Head.Size);
        Assert.All((string[])["a", "b", "c"], organization => Assert.Contains(bench.Alarms, alarm => alarm.Contains($"trail of {organization}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whose_a_name_is_can_be_a_row_of_another_s_making()
    {
        using var bench = new TrailBench(cloud);
        var attacker = new Attacker(cloud, _organization);
        foreach (var row in (await attacker.CopyAsync()).Where(row => row.RowKey.StartsWith("n:", StringComparison.Ordinal)))
        {
            await attacker.PutAsync(new TableEntity(_organization, row.RowKey) { ["Person"] = 5, ["Email"] = true });
        }

        Assert.Equal(2, await bench.AppendAsync(_organization, Story.Events(2)));
    }

    private async Task AssertNamedAsync(int records)
    {
        // Without those of our own reading; what cannot be read may be what is asked for.
        const string Created = "audit?action=meeting.created&";
        var verified = await GetAsync("audit/verification?");
        Assert.False((bool)verified.Json["valid"]!, verified.Text);
        Assert.Contains(verified.Json["problems"]!.AsArray(), problem =>
            (string?)problem!["code"] is TrailProblems.Unreadable or TrailProblems.Misplaced or TrailProblems.Changed or TrailProblems.NotOurs);
        Assert.Equal(records, (await GetAsync($"{Created}limit=500&")).Json["records"]!.AsArray().Count);
        Assert.Equal(records, (await GetAsync($"{Created}limit=500&from=2020-01-01&")).Json["records"]!.AsArray().Count);
        var lines = (await GetAsync(Created, ("Accept", "application/x-ndjson"))).Text.TrimEnd('\n').Split('\n');
        Assert.Equal(records + 1, lines.Length);
        Assert.All(lines, line => Assert.NotNull(JsonNode.Parse(line)));
        Assert.Equal(records, (long)JsonNode.Parse(lines[^1])!["trailer"]!["records"]!);
        Assert.Contains($"records,{records}", (await GetAsync(Created, ("Accept", "text/csv"))).Text, StringComparison.Ordinal);
        Assert.NotNull((await GetAsync("audit/records/3?")).Json);
    }

    private async Task<Answer> GetAsync(string call, params (string Name, string Value)[] headers)
    {
        var answer = await fixture.App.As(Accounts.Olive).GetAsync($"{call}organization={_organization}", headers);
        Assert.Equal((call, HttpStatusCode.OK), (call, answer.Status));
        return answer;
    }

    private static byte[] Edited(TableEntity row, string was, string becomes)
    {
        var deed = Encoding.UTF8.GetString((byte[])row["Deed"]);
        var place = deed.IndexOf(was, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($"{deed[..place]}{becomes}{deed[(place + was.Length)..]}");
    }

    /// <summary>One app for all of them.</summary>
    public sealed class Fixture(Cloud cloud) : IAsyncLifetime
    {
        public App App { get; private set; } = null!;

        public async ValueTask InitializeAsync() => App = await App.StartAsync(cloud);

        public async ValueTask DisposeAsync() => await App.DisposeAsync();
    }
}
