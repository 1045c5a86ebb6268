using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>Where only a part of a trail is verified, what is erased in it is judged by what stands behind, and never by guess.</summary>
public sealed class ErasureProofTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private ErasureBench _bench = null!;
    private DateTimeOffset _to;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bench = await ErasureBench.StartAsync(queues.Cloud);
        await _bench.TellAsync();
        Assert.True(await _bench.Trail.SignAsync(_bench.Organization));
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        _to = _bench.Time.GetUtcNow();
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        await _bench.AppendAsync(Story.Event(actor: ErasureBench.Bob, topic: null));
        await _bench.ForgetAsync();
    }

    public async ValueTask DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task An_export_of_a_range_carries_the_authority_with_its_proof()
    {
        Assert.True(await _bench.Trail.SignAsync(_bench.Organization));
        var export = await ExportAsync(_to);
        var verdict = Verify(export);
        Assert.Empty(verdict.Problems);
        Assert.Equal((6, 6, 4, true), (verdict.Records, verdict.Erased.Parts, verdict.Erased.Records, verdict.Erased.AreProved));
        Assert.Equal(8, Assert.Single(verdict.Erased.By).Sequence);
    }

    [Theory]
    [InlineData("left out")]
    [InlineData("another record")]
    [InlineData("another part")]
    [InlineData("another proof")]
    public async Task Without_it_or_with_another_the_range_is_neither_wrong_nor_proved(string what)
    {
        Assert.True(await _bench.Trail.SignAsync(_bench.Organization));
        var export = (await ExportAsync(_to)).ToList();
        var trailer = JsonNode.Parse(export[^1])!;
        var erasure = trailer["trailer"]!["erasures"]![0]!;
        switch (what)
        {
            case "left out":
                trailer["trailer"]!.AsObject().Remove("erasures");
                break;
            case "another record":
                erasure["record"] = export[3];
                break;
            case "another part":
                erasure["record"] = ((string)erasure["record"]!).Replace("\"part\":0", "\"part\":3", StringComparison.Ordinal);
                break;
            default:
                erasure["proof"] = ((string)erasure["proof"]!).Replace("index 7", "index 6", StringComparison.Ordinal);
                break;
        }

        export[^1] = trailer.ToJsonString();
        var verdict = Verify(export);
        Assert.Empty(verdict.Problems);
        Assert.Equal((0, 6, false), (verdict.Erased.Parts, verdict.Erased.Unexplained, verdict.Erased.AreProved));
    }

    [Fact]
    public async Task While_the_authority_waits_for_its_checkpoint_it_is_not_proved()
    {
        var range = Verify(await ExportAsync(_to));
        Assert.Empty(range.Problems);
        Assert.Equal(6, range.Erased.Unexplained);
        var whole = Verify(await ExportAsync(to: null));
        Assert.Empty(whole.Problems);
        Assert.Equal((6, 6, false), (whole.Erased.Parts, whole.Erased.Unproved, whole.Erased.AreProved));
    }

    [Fact]
    public async Task What_filters_leave_out_says_nothing_of_erasures()
    {
        Assert.True(await _bench.Trail.SignAsync(_bench.Organization));
        var export = await ExportAsync(_to, "&action=meeting.created");
        Assert.DoesNotContain("erasures", export[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("checkpoint", export[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_on_the_erased_find_nothing()
    {
        foreach (var person in (string[])[_bench.Email, ErasureBench.Subject])
        {
            var answer = await _bench.App.As(Accounts.Olive).GetAsync($"audit?organization={_bench.Organization}&person={Uri.EscapeDataString(person)}");
            Assert.Empty(answer.Json["records"]!.AsArray());
        }
    }

    [Fact]
    public async Task The_server_finds_the_authority_of_a_range_behind_it_and_names_what_has_none()
    {
        Assert.True(await _bench.Trail.SignAsync(_bench.Organization));
        var verdict = await _bench.Trail.VerifyAsync(_bench.Organization, to: _to);
        Assert.Empty(verdict.Problems);
        Assert.Equal(6, verdict.Erased.Parts);
        await _bench.DestroyAsync(6, 0);
        Assert.Equal((TrailProblems.ErasedWithoutRecord, 6), Found(await _bench.Trail.VerifyAsync(_bench.Organization, to: _to)));
        var answer = (await _bench.App.As(Accounts.Olive).GetAsync($"audit/verification?organization={_bench.Organization}")).Json;
        Assert.Equal((false, 4, 8L), ((bool)answer["valid"]!, (int)answer["forgotten"]!, (long)answer["erasures"]![0]!["sequence"]!));
    }

    [Fact]
    public async Task An_authority_that_somebody_has_planted_behind_a_range_explains_nothing()
    {
        Assert.True(await _bench.Trail.SignAsync(_bench.Organization));
        await _bench.DestroyAsync(6, 0);
        var genuine = TrailRows.Read((await _bench.Table.GetEntityAsync<TableEntity>(_bench.Organization, TrailRows.KeyOf(8), cancellationToken: Cancellation)).Value, 8);
        var deed = Encoding.UTF8.GetString(genuine.Line!.Record.Deed.Span).Replace("\"index\":7", "\"index\":8", StringComparison.Ordinal).Replace("\"records\":[", "\"records\":[6,6,", StringComparison.Ordinal);
        var record = genuine.Line.Record with { Deed = Encoding.UTF8.GetBytes(deed) };
        await _bench.Table.AddEntityAsync(TrailRows.Row(_bench.Organization, genuine with { Sequence = 9, Line = new RecordLine(record, record.LeafHash()) }), Cancellation);
        Assert.Equal((TrailProblems.ErasedWithoutRecord, 6), Found(await _bench.Trail.VerifyAsync(_bench.Organization, to: _to)));
    }

    [Fact]
    public async Task The_daily_verification_keeps_what_is_not_explained_yet_until_its_round_ends()
    {
        Assert.True(await _bench.Trail.SignAsync(_bench.Organization));
        await StopAfterAsync(6);
        await _bench.Trail.LookBackAsync();
        Assert.Empty(await _bench.Trail.Findings.ReadAsync(_bench.Organization, Cancellation));

        // A part that no record names, in front of where the round went on.
        await StopAfterAsync(6, new ErasedParts(0, [6, 6]));
        await _bench.DestroyAsync(6, 0);
        using var later = new TrailBench(_bench.Cloud, _bench.Time);
        Assert.True(await later.SignAsync(_bench.Organization));
        await later.LookBackAsync();
        Assert.Equal((TrailProblems.ErasedWithoutRecord, 6L), (await later.Findings.ReadAsync(_bench.Organization, Cancellation)).Select(one => (one.Code, one.Sequence!.Value)).Single());
    }

    /// <summary>A round of the daily verification that has come so far.</summary>
    private async Task StopAfterAsync(long size, params ErasedParts[] unexplained)
    {
        var tables = new TableServiceClient(_bench.Cloud.Storage.ConnectionString);
        var rounds = new VerificationRounds(tables, new RowSeal(_bench.Cloud.SecretStore(), _bench.Time, NullLogger<RowSeal>.Instance));
        var edge = TreeEdge.Empty;
        await foreach (var stored in _bench.Trail.Trail.ReadUpAsync(_bench.Organization, 1, size, Cancellation))
        {
            edge = edge.Append(stored.Line!.Leaf);
        }

        var round = await rounds.GetAsync(_bench.Organization, Cancellation);
        await rounds.KeepAsync(
            _bench.Organization,
            round with { BeganAt = _bench.Time.GetUtcNow(), Edge = edge, IsDone = false, Unexplained = unexplained },
            Cancellation);
    }

    private static (string Code, long? Sequence) Found(TrailVerdict verdict) => verdict.Problems.Select(problem => (problem.Code, problem.Sequence)).Single();

    private async Task<IReadOnlyList<string>> ExportAsync(DateTimeOffset? to, string filter = "")
    {
        var range = to is null ? "" : $"&to={to:yyyy-MM-ddTHH:mm:ssZ}";
        var answer = await _bench.App.As(Accounts.Olive).GetAsync($"audit?organization={_bench.Organization}{range}{filter}", ("Accept", "application/x-ndjson"));
        return answer.Text.TrimEnd('\n').Split('\n');
    }

    /// <summary>As <c>script/verify-audit</c> does, with the file and a pinned key.</summary>
    private TrailVerdict Verify(IReadOnlyList<string> export)
    {
        var trailer = JsonNode.Parse(export[^1])!["trailer"]!;
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(_bench.Cloud.Secrets["audit-checkpoint-key"]);
        var file = new CheckpointFile((string)trailer["checkpoint"]!["note"]!, (string)trailer["checkpoint"]!["jws"]!);
        var series = CheckpointSeries.Read([file], [PublicKey.Of(key).Thumbprint]);
        var later = trailer["consistency"] is { } path
            ? new LaterCheckpoint(series.Checkpoints[0], [.. path.AsArray().Select(hash => Convert.FromBase64String((string)hash!))])
            : null;
        var verifier = new TrailVerifier(later is null ? series : CheckpointSeries.Read([], []), series.Checkpoints[0].Log, TreeEdge.Empty, _bench.Time.GetUtcNow(), later)
        {
            EndsEarlier = trailer["to"] is not null,
        };
        foreach (var line in export.SkipLast(1))
        {
            verifier.Add(RecordLine.TryRead(Encoding.UTF8.GetBytes(line), out var record) ? record : null);
        }

        foreach (var erasure in trailer["erasures"]?.AsArray() ?? [])
        {
            if (LaterErasure.Read((string)erasure!["record"]!, (string)erasure["proof"]!, series.Checkpoints[0]) is { } authority)
            {
                verifier.Withheld.Explain(authority, isProved: true);
            }
        }

        return verifier.Finish();
    }
}
