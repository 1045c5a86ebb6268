using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Audit.Erasing;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Operator;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Retaining;

/// <summary>Whoever asks is told what an erasure would find, as evidence, and nothing of others.</summary>
public sealed class TellTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private ErasureBench _bench = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await ErasureBench.StartAsync(queues.Cloud);
        await _bench.TellAsync();
    }

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_person_is_told_what_an_erasure_then_finds_with_proofs_and_nothing_of_others()
    {
        var head = (await _bench.SignAndVerifyAsync()).CoveredTo!.Head;
        var lines = await TellAsync("--organization", _bench.Organization);
        var records = lines.Where(line => line["record"] is not null).ToList();
        Assert.Equal([1L, 2L, 3L, 5L], records.Select(line => (long)line["sequence"]!));
        Assert.All(records, line =>
        {
            Assert.True(RecordLine.TryRead(Encoding.UTF8.GetBytes((string)line["record"]!), out var record));
            Assert.True(TlogProof.TryParse(Encoding.UTF8.GetBytes((string)line["proof"]!), out var proof));
            Assert.True(InclusionProof.Verify(proof.Path, proof.Index, record.Record.LeafHash(), head));
        });
        var all = string.Join('\n', lines.Select(line => line.ToJsonString()));
        Assert.Contains(ErasureBench.Name, all, StringComparison.Ordinal);
        Assert.DoesNotContain("Bob Brown", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody else", all, StringComparison.Ordinal);
        Assert.Equal(4, (long)lines[^1]["records"]!);
        var said = (await _bench.ReadAsync())[^1];
        Assert.Equal(("audit.told", 4L), (said.Action, (long)said.Details!["records"]!));

        await _bench.ForgetAsync();
        var withheld = await _bench.WithheldAsync();
        Assert.Equal([1, 2, 3, 5], withheld.Index().Where(one => one.Item.Length > 0).Select(one => one.Index + 1));
        Assert.DoesNotContain(await TellAsync("--organization", _bench.Organization), line => line["record"] is not null);
    }

    [Fact]
    public async Task Every_trail_is_read_and_says_so_where_none_is_named()
    {
        var guests = Story.NewOrganization();
        await _bench.Trail.AppendAsync(guests, Story.Event(actor: _bench.Alice, topic: null));
        var lines = await TellAsync();
        Assert.Equal(5, lines.Count(line => line["record"] is not null && ((string?)line["organization"] == guests || (string?)line["organization"] == _bench.Organization)));
        Assert.Equal("audit.told", (await _bench.Trail.ReadAsync(guests))[^1].Action);
    }

    [Fact]
    public async Task What_is_on_hold_and_what_waits_to_be_erased_is_told_too()
    {
        await _bench.Holds.AddAsync(_bench.Organization, _bench.Email, range: null, "A court asks.", _bench.Operator, Cancellation);
        var lines = await TellAsync("--organization", _bench.Organization);
        Assert.Equal("legal hold", (string?)Assert.Single(lines, line => line["kind"] is not null)["kind"]);
    }

    [Theory]
    [InlineData]
    [InlineData("alice@acme.example", "bob@acme.example")]
    [InlineData("alice@acme.example", "--organization", "org/acme")]
    [InlineData("alice@acme.example", "--reason", "x")]
    public Task A_wrong_command_does_nothing_and_says_how_to(params string[] arguments) => Assert.ThrowsAsync<UsageException>(
        () => Tell.RunAsync(arguments, () => throw new InvalidOperationException("Nothing is opened."), TextWriter.Null, Cancellation));

    private async Task<IReadOnlyList<JsonObject>> TellAsync(params string[] more)
    {
        var output = new StringWriter();
        Assert.Equal(0, await Tell.RunAsync([_bench.Email, .. more], () => new RunningApp(_bench.App.Services), output, Cancellation));
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}
