using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;

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
        Assert.Equal(Total, (long)answer["records"]!);
        Assert.Equal(Covered, (long)answer["coveredTo"]!["sequence"]!);

        var offline = await VerifyOfflineAsync();
        Assert.True(offline.Valid);
        Assert.Equal(Covered, offline.CoveredTo!.Sequence);
    }

    [Theory]
    [MemberData(nameof(Under))]
    public async Task A_change_under_a_checkpoint_is_found_by_both_and_the_record_named(string attack)
    {
        var (record, change) = UnderTheCheckpoint[attack];
        await new Attacker(cloud, _organization).RewriteAsync(change);

        await AssertNamedByServerAsync(record);
        var offline = await VerifyOfflineAsync();
        Assert.Contains(offline.Problems, problem => problem.Sequence == record);
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
    public async Task A_head_that_was_rolled_back_is_found()
    {
        await new Attacker(cloud, _organization).SetHeadAsync(Total - 1, HashChain.Genesis);
        await AssertNamedByServerAsync(Total);
    }

    [Fact]
    public async Task Export_and_checkpoints_cut_together_show_in_what_is_covered()
    {
        await SignAsync();
        var cutLines = (await ExportAsync()).Take(Covered);
        var cutCheckpoints = (await CheckpointsAsync()).Take(1);

        var verdict = Verify(cutLines, CheckpointSeries.Read(cutCheckpoints, Pin()));
        Assert.True(verdict.Valid);
        Assert.Equal(Covered, verdict.CoveredTo!.Sequence);
    }

    [Fact]
    public async Task A_checkpoint_that_was_altered_removed_or_signed_by_another_key_is_found()
    {
        await SignAsync();
        await SignAsync();
        var genuine = await CheckpointsAsync();
        var pin = Pin();
        Assert.Empty(CheckpointSeries.Read(genuine, pin).Problems);

        var altered = genuine.ToList();
        altered[1] = altered[1].Replace(altered[1][^20], altered[1][^20] == 'A' ? 'B' : 'A');
        Assert.Contains(CheckpointSeries.Read(altered, pin).Problems, problem => problem.Kind == TrailProblems.BadCheckpoint);

        Assert.Contains(CheckpointSeries.Read([genuine[0], genuine[2]], pin).Problems, problem => problem.Kind == TrailProblems.MissingCheckpoint);

        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(SignedCheckpoint.TryRead(genuine[1], out var read));
        var forged = SignedCheckpoint.Sign(read.Statement, other).Compact;
        Assert.Contains(
            CheckpointSeries.Read([genuine[0], forged, genuine[2]], pin).Problems, problem => problem.Kind == TrailProblems.BadCheckpoint);

        // The same in the container, seen by our own verification.
        var blob = new BlobContainerClient(cloud.Storage.ConnectionString, CheckpointStore.ContainerName).GetBlobClient($"{_organization}/0000000002.jws");
        await blob.UploadAsync(BinaryData.FromString(forged), overwrite: true, TestContext.Current.CancellationToken);
        Assert.False((bool)(await VerifyAsync())["valid"]!);
        await blob.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.False((bool)(await VerifyAsync())["valid"]!);
    }

    [Fact]
    public async Task A_checkpoint_comes_though_nothing_happened()
    {
        await SignAsync();
        var count = (await CheckpointsAsync()).Count;
        Assert.True(await SignAsync());

        var checkpoints = await CheckpointsAsync();
        Assert.Equal(count + 1, checkpoints.Count);
        Assert.True(SignedCheckpoint.TryRead(checkpoints[^1], out var heartbeat));
        Assert.Equal("", heartbeat.Statement.Marks);
    }

    [Fact]
    public async Task A_rotated_key_signs_on_and_both_are_published()
    {
        var rotated = Cloud.NewSigningKey();
        await using var app = await App.StartAsync(cloud, new Dictionary<string, string?>
        {
            ["Secrets:audit-checkpoint-key"] = null,
            ["Secrets:audit-checkpoint-key:0"] = rotated,
        });
        Assert.True(await app.Services.GetRequiredService<CheckpointSigner>().SignAsync(_organization, TestContext.Current.CancellationToken));

        var keys = JsonNode.Parse(await app.Http.GetStringAsync("audit/keys", TestContext.Current.CancellationToken))!["keys"]!.AsArray();
        Assert.True(keys.Count >= 2);
        Assert.All(keys, key => Assert.Null(key!["d"]));
        Assert.True((bool)(await VerifyAsync())["valid"]!);
    }

    private async Task AssertNamedByServerAsync(long record)
    {
        var answer = await VerifyAsync();
        Assert.False((bool)answer["valid"]!);
        Assert.Contains(answer["problems"]!.AsArray(), problem => (long?)problem!["sequence"] == record);
    }

    private Task<int> AppendAsync(int count) => _app.Services.GetRequiredService<AuditTrail>()
        .AppendAsync(_organization, Story.Events(count), TestContext.Current.CancellationToken);

    private Task<bool> SignAsync() =>
        _app.Services.GetRequiredService<CheckpointSigner>().SignAsync(_organization, TestContext.Current.CancellationToken);

    private async Task<JsonObject> VerifyAsync() =>
        (await _app.As(Accounts.Olive).GetAsync($"audit/verification?organization={_organization}")).Json;

    private async Task<IReadOnlyList<string>> CheckpointsAsync()
    {
        var answer = await _app.As(Accounts.Olive).GetAsync($"audit/checkpoints?organization={_organization}");
        return [.. answer.Json["checkpoints"]!.AsArray().Select(checkpoint => (string)checkpoint!)];
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
        return [PublicKey.Of(key).Thumbprint];
    }

    private async Task<TrailVerdict> VerifyOfflineAsync() =>
        Verify(await ExportAsync(), CheckpointSeries.Read(await CheckpointsAsync(), Pin()));

    private static TrailVerdict Verify(IEnumerable<string> lines, CheckpointSeries series)
    {
        var verifier = new TrailVerifier(series, HashChain.Genesis);
        foreach (var line in lines)
        {
            verifier.Add(Encoding.UTF8.GetBytes(line));
        }

        return verifier.Finish();
    }
}
