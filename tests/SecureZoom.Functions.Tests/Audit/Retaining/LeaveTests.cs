using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Tests.Audit.Erasing;
using SecureZoom.Functions.Tests.Audit.Log;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Operator;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Retaining;

/// <summary>An organisation that leaves takes its trail with it, proved, and leaves nothing but what proves that it was there.</summary>
public sealed class LeaveTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
    private readonly string _other = Story.NewOrganization();
    private readonly Dictionary<string, JsonObject> _joins = [];
    private ErasureBench _bench = null!;
    private OwnZoom _zoom = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Of customers' rows there may be none yet, nor their table.
        await new TableServiceClient(queues.Cloud.Storage.ConnectionString).CreateTableIfNotExistsAsync(CustomerList.Table, Cancellation);
        _zoom = await OwnZoom.StartAsync(queues.Cloud);
        _bench = await ErasureBench.StartAsync(queues.Cloud, _zoom);
        await _bench.TellAsync();
        await _bench.Trail.AppendAsync(_other, Story.Event(actor: ErasureBench.Bob));
        Assert.True(await _bench.Trail.SignAsync(_other));
        Assert.True(await _bench.Trail.SignAsync(_bench.Organization));
        await _bench.Trail.CountAsync();
        foreach (var host in (Account[])[Accounts.Alice.In(_bench.Organization), Accounts.Dave.In(_other)])
        {
            var made = await _bench.App.As(host).PostAsync("meetings", new JsonObject { ["topic"] = "Planning", ["start_time"] = "2031-01-01T12:00:00Z" });
            Assert.Equal(HttpStatusCode.Created, made.Status);
            var invited = await _bench.App.As(host).PostAsync($"meetings/{made.Json["id"]}/invitations", new JsonObject { ["email"] = "gwen@guest.example" });
            Assert.Equal(HttpStatusCode.Created, invited.Status);
            _joins[host.OrganizationId!] = new() { ["meetingNumber"] = made.Json["id"]!.ToString(), ["invitation"] = (string?)invited.Json["invitation"] };
        }

        await _bench.RestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _zoom.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Everything_goes_once_it_is_exported_proved_and_told_to_and_nothing_of_others()
    {
        var others = await StoredRows.OfAsync(queues.Cloud, _other);
        Assert.Equal((0, true), (await LeaveAsync(out var exported), exported().Contains("unbroken", StringComparison.Ordinal)));
        Assert.Equal(["checkpoints.json", "keys.json", "trail.ndjson"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        var kept = await _bench.Trail.ReadAsync(_bench.Organization);
        Assert.Contains(kept, record => record.Action == "meeting.created");
        // Also who only exports has read it.
        Assert.Equal("leave", (string?)Assert.Single(kept, record => record.Action == "audit.exported").Details!["format"]);
        var trailer = JsonNode.Parse(File.ReadLines(Path.Combine(_folder, "trail.ndjson")).Last())!["trailer"]!;

        Assert.Equal(0, await LeaveAsync(out _, "--let-go", "--reason", "The contract has ended."));
        var left = await StoredRows.OfAsync(queues.Cloud, _bench.Organization);
        Assert.All(left, row => Assert.True(
            row.StartsWith("audit/.beginnings/", StringComparison.Ordinal) || row.StartsWith($"audit/{_bench.Organization}/", StringComparison.Ordinal) || row.StartsWith("audit/org_platform/", StringComparison.Ordinal), row));
        Assert.DoesNotContain(left, row => row.Contains("/g:", StringComparison.Ordinal) || row.Contains("/n:", StringComparison.Ordinal) || row.Contains("/s:", StringComparison.Ordinal));
        Assert.Equal("audit.let_go", Assert.Single(await _bench.Trail.ReadAsync(_bench.Organization)).Action);
        Assert.Equal(others, await StoredRows.OfAsync(queues.Cloud, _other));

        var size = (long)trailer["records"]!;
        using var fresh = new TrailBench(queues.Cloud, _bench.Time);
        var verdict = await fresh.VerifyAsync(_bench.Organization);
        Assert.Empty(verdict.Problems);
        Assert.Equal(new TrailCut(size, size + 1, IsProved: true), verdict.Cut);
        var said = (await fresh.ReadAsync("org_platform")).Last(record => record.Action == "audit.organization_left");
        Assert.Equal((_bench.Organization, size), ((string?)said.Details!["organization"], (long)said.Details["size"]!));
        Assert.Equal(((string)trailer["checkpoint"]!["note"]!).Split('\n')[2], (string?)said.Details["root"]);
    }

    [Fact]
    public async Task A_trail_of_which_records_were_let_go_is_listed_exported_and_verified_with_the_word_of_it()
    {
        var from = _bench.Time.GetUtcNow().AddMinutes(1);
        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        await _bench.AppendAsync(Story.Events(300));
        Assert.True(await _bench.Trail.SignAsync(_bench.Organization));
        var cut = await _bench.Trail.Cutter.CutAsync(_bench.Organization, TrailBeginning.None, 256, _bench.Operator, leaves: false, Cancellation);
        await _bench.Trail.Remover.RemoveAsync(_bench.Organization, 256, Cancellation);
        var olive = _bench.App.As(Accounts.Olive);
        var page = await olive.GetAsync($"audit?organization={_bench.Organization}&limit=500&from={from:yyyy-MM-ddTHH:mm:ssZ}");
        // Behind the word of it may stand that somebody has read it.
        var listed = page.Json["records"]!.AsArray().Select(record => (long)record!["sequence"]!).Where(sequence => sequence <= cut!.Authority);
        Assert.Equal(Enumerable.Range(257, (int)cut!.Authority - 256).Select(sequence => (long)sequence), listed.Order());
        var beginning = (await olive.GetAsync($"audit/checkpoints?organization={_bench.Organization}")).Json["beginning"]!;
        Assert.Equal(256, (long)beginning["size"]!);
        var verdict = (await olive.GetAsync($"audit/verification?organization={_bench.Organization}")).Json;
        Assert.Equal((true, 256L, cut.Authority), ((bool)verdict["valid"]!, (long)verdict["cut"]!["last"]!, (long)verdict["cut"]!["by"]!));

        Assert.Equal(0, await LeaveAsync(out var told));
        Assert.Contains($"records 1 to 256 were let go, by record {cut.Authority}", told(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_invitations_open_nothing_any_more_here_and_after_a_restart_and_those_of_others_do()
    {
        Assert.Equal(HttpStatusCode.OK, (await JoinAsync(_bench.App, _bench.Organization)).Status);
        await _bench.RestAsync();
        await LeaveAsync(out _);
        Assert.Equal(0, await LeaveAsync(out var told, "--let-go", "--reason", "The contract has ended."));
        Assert.Contains("its name on 0 withdrawals", told(), StringComparison.Ordinal);
        await using var later = await App.StartAsync(queues.Cloud, _zoom.Settings);
        foreach (var app in (App[])[_bench.App, later])
        {
            Assert.Equal((HttpStatusCode.Forbidden, "invalid_invitation"), (await JoinAsync(app, _bench.Organization)) is var refused ? (refused.Status, refused.Code) : default);
            Assert.Equal(HttpStatusCode.OK, (await JoinAsync(app, _other)).Status);
        }
    }

    [Fact]
    public async Task What_it_had_withdrawn_stays_withdrawn_and_says_not_whose_it_was()
    {
        var withdrawals = _bench.App.Services.GetRequiredService<WithdrawalList>();
        var (now, subject) = (_bench.Time.GetUtcNow(), WithdrawnSubject.Invitation(Guid.NewGuid().ToString("N")));
        await withdrawals.AddAsync(subject, now.AddDays(1), now.AddDays(1), _bench.Organization, Cancellation);
        await LeaveAsync(out _);
        Assert.Equal(0, await LeaveAsync(out var told, "--let-go", "--reason", "The contract has ended."));
        Assert.Contains("its name on 1 withdrawals", told(), StringComparison.Ordinal);
        Assert.True(await withdrawals.ContainsAsync(now, [subject], Cancellation));
        Assert.DoesNotContain(await StoredRows.OfAsync(queues.Cloud, _bench.Organization), row => row.StartsWith("access/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_signs_for_one_that_has_left_and_nobody_misses_it()
    {
        await LeaveAsync(out _);
        await LeaveAsync(out _, "--let-go", "--reason", "The contract has ended.");
        await _bench.Trail.SignAllAsync();
        _bench.Time.Advance(TimeSpan.FromHours(2));
        await _bench.Trail.SignAllAsync();
        Assert.Empty(_bench.Trail.Alarms);
        Assert.DoesNotContain(await _bench.Trail.List.ReadAsync(Cancellation), listed => listed.Organization == _bench.Organization);
    }

    [Fact]
    public async Task After_a_crash_it_goes_on()
    {
        await LeaveAsync(out _);
        var removals = 0;
        _bench.Tap.Fails = operation => operation.StartsWith("DELETE", StringComparison.Ordinal) && ++removals > 3;
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => LeaveAsync(out _, "--let-go", "--reason", "The contract has ended."));
        _bench.Tap.Fails = _ => false;
        Assert.Equal(0, await LeaveAsync(out _, "--let-go", "--reason", "The contract has ended."));
        Assert.Equal("audit.let_go", Assert.Single(await _bench.Trail.ReadAsync(_bench.Organization)).Action);
    }

    [Theory]
    [InlineData("a record more")]
    [InlineData("a hold")]
    [InlineData("a changed file")]
    [InlineData("no file")]
    public async Task Nothing_goes_with(string what)
    {
        await LeaveAsync(out _);
        switch (what)
        {
            case "a record more":
                await _bench.AppendAsync(Story.Event(actor: ErasureBench.Bob));
                break;
            case "a hold":
                await _bench.Holds.AddAsync(_bench.Organization, person: null, (1, 1), "A court asks.", _bench.Operator, Cancellation);
                break;
            case "a changed file":
                var file = Path.Combine(_folder, "trail.ndjson");
                await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, Cancellation)).Replace("\"outcome\":\"success\"", "\"outcome\":\"failure\"", StringComparison.Ordinal), Cancellation);
                break;
            default:
                Directory.Delete(_folder, recursive: true);
                break;
        }

        var before = (await _bench.Trail.ReadAsync(_bench.Organization)).Count;
        Assert.Equal(1, await LeaveAsync(out _, "--let-go", "--reason", "The contract has ended."));
        Assert.Equal(before, (await _bench.Trail.ReadAsync(_bench.Organization)).Count);
    }

    [Theory]
    [InlineData("the first records", "records 1 to 3 are missing")]
    [InlineData("the last records", "records {0} to {0} are missing")]
    [InlineData("the last records and their checkpoints", "records {0} to {0} are missing")]
    [InlineData("the last checkpoints", "the checkpoint of the service's {0} records is not the last")]
    [InlineData("the first records, under another's key", "which is not the service's")]
    public async Task Nothing_goes_where_the_folder_lacks(string what, string told)
    {
        await LeaveAsync(out _);
        var (file, page) = (Path.Combine(_folder, "trail.ndjson"), Path.Combine(_folder, "checkpoints.json"));
        var lines = await File.ReadAllLinesAsync(file, Cancellation);
        var size = lines.Length - 1;
        if (what.StartsWith("the first", StringComparison.Ordinal))
        {
            await WriteAsync(3, size);
        }
        else if (what.StartsWith("the last records", StringComparison.Ordinal))
        {
            await WriteAsync(0, size - 1);
        }

        if (what.EndsWith("checkpoints", StringComparison.Ordinal))
        {
            var checkpoints = JsonNode.Parse(await File.ReadAllTextAsync(page, Cancellation))!;
            var kept = checkpoints["checkpoints"]!.AsArray().Where(one => !((string)one!["note"]!).Contains($"\n{size}\n", StringComparison.Ordinal)).Select(one => one!.DeepClone());
            checkpoints["checkpoints"] = new JsonArray([.. kept]);
            await File.WriteAllTextAsync(page, checkpoints.ToJsonString(), Cancellation);
        }
        else if (what.EndsWith("key", StringComparison.Ordinal))
        {
            var keys = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "keys.json"), Cancellation))!;
            keys["noteKeys"]!.AsArray().Add(Vectors.VectorTrail.Vkey);
            await File.WriteAllTextAsync(Path.Combine(_folder, "keys.json"), keys.ToJsonString(), Cancellation);
        }

        var before = (await _bench.Trail.ReadAsync(_bench.Organization)).Count;
        Assert.Equal(1, await LeaveAsync(out var said, "--let-go", "--reason", "The contract has ended."));
        Assert.Contains(string.Format(System.Globalization.CultureInfo.InvariantCulture, told, size), said(), StringComparison.Ordinal);
        Assert.Equal(before, (await _bench.Trail.ReadAsync(_bench.Organization)).Count);

        // As whoever has all of it can cut it: each part is proved, and verifies by itself.
        async Task WriteAsync(int from, int to)
        {
            var leaves = lines[..size].Select(line => RecordLine.TryRead(System.Text.Encoding.UTF8.GetBytes(line), out var record) ? record.Leaf : throw new InvalidDataException()).ToArray();
            var end = JsonNode.Parse(lines[^1])!;
            var trailer = end["trailer"]!;
            trailer["records"] = to - from;
            var edge = leaves[..from].Aggregate(TreeEdge.Empty, (grown, leaf) => grown.Append(leaf));
            trailer["before"] = new JsonObject { ["size"] = from, ["edge"] = Convert.ToBase64String(edge.ToBytes()) };
            if (to < size)
            {
                trailer["consistency"] = new JsonArray([.. new ReferenceTree(leaves).ConsistencyPath(to, size).Select(hash => JsonValue.Create(Convert.ToBase64String(hash)))]);
            }

            await File.WriteAllLinesAsync(file, [.. lines[from..to], end.ToJsonString()], Cancellation);
        }
    }

    [Fact]
    public async Task Commands_do_their_work_in_a_process_that_runs_nothing_else()
    {
        IHost Open() => Product.Compose(queues.Cloud.Settings().Concat(_zoom.Settings).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Last().Value));
        Assert.Equal(0, await Tell.RunAsync(["bob@acme.test", "--organization", _bench.Organization], Open, TextWriter.Null, Cancellation));
        Assert.Equal(0, await Forget.RunAsync([_bench.Email, "--organization", _bench.Organization, "--reason", "x"], Open, TextWriter.Null, Cancellation));
        foreach (var step in (string[][])[[], ["--let-go", "--reason", "The contract has ended."]])
        {
            Assert.Equal(0, await Leave.RunAsync([_bench.Organization, "--to", _folder, .. step], Open, TextWriter.Null, Cancellation));
        }

        Assert.Equal("audit.let_go", Assert.Single(await _bench.Trail.ReadAsync(_bench.Organization)).Action);
    }

    [Fact]
    public async Task Who_takes_a_hold_s_row_away_lets_nothing_go()
    {
        var hold = await _bench.Holds.AddAsync(_bench.Organization, person: null, (1, 1), "A court asks.", _bench.Operator, Cancellation);
        await _bench.Table.DeleteEntityAsync(LegalHolds.Partition, $"{_bench.Organization}:{hold.Id}", cancellationToken: Cancellation);
        Assert.Equal(1, await LeaveAsync(out var told));
        Assert.Equal($"{_bench.Organization}: refused (legal_hold), and nothing is let go{Environment.NewLine}", told());
        Assert.False(Directory.Exists(_folder) && Directory.EnumerateFileSystemEntries(_folder).Any());
    }

    [Theory]
    [InlineData]
    [InlineData("org_acme")]
    [InlineData("org/acme", "--to", "x")]
    [InlineData("org_acme", "--to", "x", "--let-go")]
    [InlineData("org_acme", "--to", "x", "--force", "x")]
    public Task A_wrong_command_does_nothing_and_says_how_to(params string[] arguments) => Assert.ThrowsAsync<UsageException>(
        () => Leave.RunAsync(arguments, () => throw new InvalidOperationException("Nothing is opened."), TextWriter.Null, Cancellation));

    private Task<Answer> JoinAsync(App app, string owner) => app.As(Accounts.Gwen).PostAsync("signature", _joins[owner].DeepClone());

    private Task<int> LeaveAsync(out Func<string> told, params string[] more)
    {
        var output = new StringWriter();
        told = output.ToString;
        return Leave.RunAsync([_bench.Organization, "--to", _folder, .. more], () => new RunningApp(_bench.App.Services), output, Cancellation);
    }
}
