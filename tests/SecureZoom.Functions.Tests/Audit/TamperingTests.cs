using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>
/// Ten records under a checkpoint, five behind it. Whoever can write to the table changes them and recomputes all that can be recomputed;
/// our own verification and the offline one find it and name the record.
/// </summary>
public sealed class TamperingTests(Cloud cloud) : IAsyncLifetime
{
    private const int Covered = 10;
    private const int Total = 15;

    private static readonly Dictionary<string, (long Record, Action<List<JsonObject>> Change)> UnderTheCheckpoint = new()
    {
        ["one field changed"] = (4, records => records[3]["outcome"] = "denied"),
        ["one removed from the middle"] = (6, records => records.RemoveAt(5)),
        ["the last covered one removed, with all behind it"] = (10, records => records.RemoveRange(9, 6)),
        ["two swapped"] = (3, records => (records[2], records[7]) = (records[7].DeepClone().AsObject(), records[2].DeepClone().AsObject())),
        ["one inserted"] = (8, records => records.Insert(7, records[0].DeepClone().AsObject())),
        ["everything removed"] = (1, records => records.Clear()),
    };

    private static readonly Dictionary<string, (long Record, Action<List<JsonObject>> Change)> BehindTheCheckpoint = new()
    {
        ["one field changed"] = (13, records => records[12]["outcome"] = "denied"),
        ["one removed from the middle"] = (12, records => records.RemoveAt(11)),
        ["two swapped"] = (12, records => (records[11], records[13]) = (records[13].DeepClone().AsObject(), records[11].DeepClone().AsObject())),
        ["one inserted"] = (11, records => records.Insert(10, records[0].DeepClone().AsObject())),
        ["one appended"] = (16, records => records.Add(records[0].DeepClone().AsObject())),
    };

    private readonly string _organization = Story.NewOrganization();
    private App _app = null!;

    public static TheoryData<string> Under => [.. UnderTheCheckpoint.Keys];

    public static TheoryData<string> Behind => [.. BehindTheCheckpoint.Keys];

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(cloud);
        await AppendAsync(Covered);
        Assert.True(await SignAsync());
        await AppendAsync(Total - Covered);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_untouched_trail_is_valid_and_covered()
    {
        var answer = await VerifyAsync();
        Assert.True((bool)answer["valid"]!);
        // That somebody verifies it may stand behind them already.
        Assert.InRange((long)answer["records"]!, Total, Total + 1);
        Assert.Equal(Covered, (long)answer["coveredTo"]!["sequence"]!);

        var offline = await VerifyOfflineAsync();
        Assert.Empty(offline.Problems);
        Assert.Equal(Covered, offline.CoveredTo!.Head.Size);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(13)]
    public async Task A_record_of_which_a_word_was_changed_is_named_by_both(long record)
    {
        await new Attacker(cloud, _organization).EditAsync(record, "success", "denied");

        await AssertNamedByServerAsync(record, TrailProblems.Changed);
        Assert.Contains((await VerifyOfflineAsync()).Problems, problem => problem is { Code: TrailProblems.Changed } && problem.Sequence == record);
        // What is covered already, the signer does not read again.
        Assert.Equal(record <= Covered, await SignAsync());
    }

    [Theory]
    [MemberData(nameof(Under))]
    public async Task A_change_under_a_checkpoint_is_found_by_both_and_the_record_named(string attack)
    {
        var (record, change) = UnderTheCheckpoint[attack];
        await new Attacker(cloud, _organization).RewriteAsync(change);

        await AssertNamedByServerAsync(record);
        var offline = await VerifyOfflineAsync();
        // Where every leaf was computed anew, the checkpoint says of all that it covers that one of them is another; none of them counts as proved.
        Assert.Contains(offline.Problems, problem => problem.Sequence <= record);
        Assert.Null(offline.CoveredTo);
        Assert.False(await SignAsync());
    }

    [Theory]
    [MemberData(nameof(Behind))]
    public async Task A_change_behind_the_last_checkpoint_is_found_by_its_MAC_and_never_signed(string attack)
    {
        var (record, change) = BehindTheCheckpoint[attack];
        await new Attacker(cloud, _organization).RewriteAsync(change);

        await AssertNamedByServerAsync(record);
        Assert.False(await SignAsync());
    }

    [Fact]
    public async Task A_head_that_was_changed_is_found()
    {
        await new Attacker(cloud, _organization).AlterAsync("head", head => head["Size"] = (long)Total - 1);
        await AssertFoundByServerAsync(TrailProblems.Head);
        Assert.False(await SignAsync());
    }

    [Fact]
    public async Task Export_and_checkpoints_cut_together_show_in_what_is_covered()
    {
        await SignAsync();
        var cutLines = (await ExportAsync()).Take(Covered);
        var cutCheckpoints = (await CheckpointsAsync()).Take(1);

        var verdict = Verify(cutLines, CheckpointSeries.Read(cutCheckpoints, Pin()));
        Assert.True(verdict.Valid);
        Assert.Equal(Covered, verdict.CoveredTo!.Head.Size);
    }

    [Fact]
    public async Task A_checkpoint_that_was_altered_removed_or_signed_by_another_key_is_found()
    {
        await SignAsync();
        await SignLaterAsync();
        var genuine = await CheckpointsAsync();
        var pin = Pin();
        Assert.Empty(CheckpointSeries.Read(genuine, pin).Problems);

        var altered = genuine.ToList();
        altered[1] = altered[1] with { Note = altered[1].Note.Replace($"\n{Total}\n", $"\n{Total - 1}\n", StringComparison.Ordinal) };
        Assert.Contains(CheckpointSeries.Read(altered, pin).Problems, problem => problem.Code == TrailProblems.BadCheckpoint);

        // One that is left out takes nothing away that the next does not prove; the last one shows in what is covered.
        Assert.Empty(CheckpointSeries.Read([genuine[0], genuine[2]], pin).Problems);

        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var note = new NoteSigner(TrailBench.Options.Origin, RandomNumberGenerator.GetBytes(32));
        var forged = new CheckpointFile(
            SignedNote.Of(genuine[1].Text, note.Sign(genuine[1].Text)).ToString(),
            CheckpointJws.Sign(genuine[1].Text, _organization, number: 2, DateTimeOffset.UtcNow, other));
        Assert.Contains(
            CheckpointSeries.Read([genuine[0], forged, genuine[2]], pin).Problems, problem => problem.Code == TrailProblems.BadCheckpoint);

        // The same in the container, seen by our own verification.
        var attacker = new Attacker(cloud, _organization);
        await attacker.PutCheckpointAsync(2, JsonSerializer.Serialize(forged, JsonSerializerOptions.Web));
        await AssertFoundByServerAsync(TrailProblems.BadCheckpoint);
        await attacker.CheckpointBlob(2).DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
        await AssertFoundByServerAsync(TrailProblems.BadCheckpoint);
    }

    [Fact]
    public async Task A_checkpoint_comes_once_an_hour_though_nothing_happened()
    {
        // That they were read is a record itself, once a quarter of an hour.
        await CheckpointsAsync();
        using (var bench = new TrailBench(cloud))
        {
            await Wait.ForAsync("the record of reading", async () => (await bench.ReadAsync(_organization)).FirstOrDefault(record => record.Action == "audit.proof_read"));
        }

        await SignAsync();
        var count = (await CheckpointsAsync()).Count;
        Assert.True(await SignAsync());
        Assert.Equal(count, (await CheckpointsAsync()).Count);

        await SignLaterAsync();

        var checkpoints = await CheckpointsAsync();
        Assert.Equal(count + 1, checkpoints.Count);
        Assert.Equal(checkpoints[^2].Text, checkpoints[^1].Text);
        Assert.Empty(CheckpointSeries.Read(checkpoints, Pin()).Problems);
    }

    [Fact]
    public async Task A_rotated_key_signs_on_and_both_are_published_and_trusted_when_the_old_one_has_left_the_vault()
    {
        var (key, noteKey) = (Cloud.NewSigningKey(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        using (var both = new TrailBench(cloud, secrets: Versions([key, cloud.Secrets["audit-checkpoint-key"]], [noteKey, cloud.Secrets["audit-note-key"]])))
        {
            Assert.True(await both.SignAsync(_organization));
        }

        await using var app = await App.StartAsync(cloud, Versions([key], [noteKey]));
        var answer = JsonNode.Parse(await app.Http.GetStringAsync("audit/keys", TestContext.Current.CancellationToken))!;
        Assert.True(Pin().All(pin => answer.ToJsonString().Contains(JsonValue.Create(pin).ToJsonString(), StringComparison.Ordinal)));
        Assert.All(answer["keys"]!.AsArray(), published => Assert.Null(published!["d"]));
        Assert.True(answer["keys"]!.AsArray().Count >= 2 && answer["noteKeys"]!.AsArray().Count >= 2);
        var verified = (await app.As(Accounts.Olive).GetAsync($"audit/verification?organization={_organization}")).Json;
        Assert.Empty(verified["problems"]!.AsArray());
        Assert.Equal(Total, (long)verified["coveredTo"]!["sequence"]!);
    }

    /// <summary>Signs as the timer does an hour from now.</summary>
    private async Task SignLaterAsync()
    {
        var time = new AdjustableTime();
        time.Advance(TimeSpan.FromHours(1));
        using var bench = new TrailBench(cloud, time);
        Assert.True(await bench.SignAsync(_organization));
    }

    private async Task AssertFoundByServerAsync(string code)
    {
        var answer = await VerifyAsync();
        Assert.False((bool)answer["valid"]!);
        Assert.Contains(answer["problems"]!.AsArray(), problem => (string?)problem!["code"] == code);
    }

    private async Task AssertNamedByServerAsync(long record, string? code = null)
    {
        var answer = await VerifyAsync();
        Assert.False((bool)answer["valid"]!);
        Assert.Contains(
            answer["problems"]!.AsArray(), problem => (long?)problem!["sequence"] == record && (string?)problem["code"] == (code ?? (string?)problem["code"]));
    }

    private Task<int> AppendAsync(int count) => _app.Services.GetRequiredService<AuditTrail>()
        .AppendAsync(_organization, Story.Events(count), TestContext.Current.CancellationToken);

    private Task<bool> SignAsync() =>
        _app.Services.GetRequiredService<CheckpointSigner>().SignAsync(_organization, TestContext.Current.CancellationToken);

    private async Task<JsonObject> VerifyAsync() =>
        (await _app.As(Accounts.Olive).GetAsync($"audit/verification?organization={_organization}")).Json;

    private async Task<IReadOnlyList<CheckpointFile>> CheckpointsAsync()
    {
        var answer = await _app.As(Accounts.Olive).GetAsync($"audit/checkpoints?organization={_organization}");
        return answer.Json["checkpoints"].Deserialize<IReadOnlyList<CheckpointFile>>(JsonSerializerOptions.Web)!;
    }

    private async Task<IReadOnlyList<string>> ExportAsync()
    {
        var answer = await _app.As(Accounts.Olive).GetAsync($"audit?organization={_organization}", ("Accept", "application/x-ndjson"));
        var lines = answer.Text.TrimEnd('\n').Split('\n');
        Assert.Equal(lines.Length - 1, (long)JsonNode.Parse(lines[^1])!["trailer"]!["records"]!);
        return [.. lines.SkipLast(1)];
    }

    private IReadOnlyCollection<string> Pin()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(cloud.Secrets["audit-checkpoint-key"]);
        var noteKey = new NoteSigner(TrailBench.Options.Origin, Convert.FromBase64String(cloud.Secrets["audit-note-key"])).Key;
        return [PublicKey.Of(key).Thumbprint, noteKey.ToString()];
    }

    /// <summary>Settings with these versions of the keys, the current one first.</summary>
    private static Dictionary<string, string?> Versions(string[] keys, string[] noteKeys)
    {
        var settings = new Dictionary<string, string?> { ["Secrets:audit-checkpoint-key"] = null, ["Secrets:audit-note-key"] = null };
        foreach (var (name, versions) in new[] { ("audit-checkpoint-key", keys), ("audit-note-key", noteKeys) })
        {
            for (var version = 0; version < versions.Length; version++)
            {
                settings[$"Secrets:{name}:{version}"] = versions[version];
            }
        }

        return settings;
    }

    private async Task<TrailVerdict> VerifyOfflineAsync() =>
        Verify(await ExportAsync(), CheckpointSeries.Read(await CheckpointsAsync(), Pin()));

    private static TrailVerdict Verify(IEnumerable<string> lines, CheckpointSeries series)
    {
        var verifier = new TrailVerifier(series, log: null, TreeEdge.Empty, DateTimeOffset.UtcNow);
        foreach (var line in lines)
        {
            verifier.Add(RecordLine.TryRead(Encoding.UTF8.GetBytes(line), out var record) ? record : null);
        }

        return verifier.Finish();
    }
}
