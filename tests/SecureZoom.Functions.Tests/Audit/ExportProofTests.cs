using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Tools;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>An export holds the checkpoint that proves it: whoever has the file and a pinned key needs nothing else.</summary>
public sealed class ExportProofTests(Cloud cloud) : AttackBench(cloud), IAsyncLifetime
{
    private App _app = null!;
    private DateTimeOffset _from;
    private DateTimeOffset _to;

    private string Fingerprint
    {
        get
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(Cloud.Secrets["audit-checkpoint-key"]);
            return PublicKey.Of(key).Thumbprint;
        }
    }

    public async ValueTask InitializeAsync()
    {
        _app = await App.StartAsync(Cloud);
        var bench = Bench();
        await AppendAndSignAsync(bench, 3);
        _from = Later();
        await bench.AppendAsync(Organization, Story.Events(5));
        _to = Later();
        await bench.AppendAsync(Organization, Story.Events(4));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_range_is_proved_by_a_checkpoint_of_many_more_records()
    {
        Assert.True(await Bench().SignAsync(Organization));
        var verdict = Verify(await ExportAsync(_from, _to));
        Assert.Empty(verdict.Problems);
        Assert.Equal((5, 8, 12), (verdict.Records, verdict.Size, verdict.CoveredTo!.Head.Size));
    }

    [Fact]
    public async Task A_whole_trail_is_proved_as_far_as_it_is_signed()
    {
        var verdict = Verify(await ExportAsync(from: null, to: null));
        Assert.Empty(verdict.Problems);
        Assert.Equal((12, 3), (verdict.Records, verdict.CoveredTo!.Head.Size));
    }

    [Fact]
    public async Task What_is_signed_while_it_is_exported_is_in_it()
    {
        var bench = Bench();
        await using var file = new WatchedStream(async () =>
        {
            await bench.AppendAsync(Organization, Story.Events(2));
            Assert.True(await bench.SignAsync(Organization));
        });
        await _app.Services.GetRequiredService<AuditExport>().WriteAsync(file, Organization, signed: null, Cancellation);
        var verdict = Verify(Encoding.UTF8.GetString(file.ToArray()).TrimEnd('\n').Split('\n'));
        Assert.Empty(verdict.Problems);
        Assert.Equal((14, 14), (verdict.Records, verdict.CoveredTo!.Head.Size));
    }

    [Theory]
    [InlineData("consistency")]
    [InlineData("before")]
    [InlineData("line")]
    [InlineData("last line")]
    public async Task A_range_of_which_a_part_was_changed_is_not_proved(string part)
    {
        Assert.True(await Bench().SignAsync(Organization));
        var export = (await ExportAsync(_from, _to)).ToList();
        var trailer = JsonNode.Parse(export[^1])!;
        switch (part)
        {
            case "consistency":
                trailer["trailer"]!["consistency"]![0] = Convert.ToBase64String(new byte[Merkle.HashSize]);
                break;
            case "before":
                trailer["trailer"]!["before"]!["edge"] = Convert.ToBase64String(new byte[2 * Merkle.HashSize]);
                break;
            case "line":
                export[1] = export[2];
                break;
            default:
                export.RemoveAt(export.Count - 2);
                break;
        }

        export[^1] = trailer.ToJsonString();
        var verdict = Verify(export);
        Assert.Null(verdict.CoveredTo);
        Assert.Contains(verdict.Problems, problem => problem.Code == TrailProblems.Changed);
    }

    [Fact]
    public async Task What_filters_leave_out_makes_no_tree_and_has_no_checkpoint()
    {
        var bench = Bench();
        await bench.AppendAsync(Organization, Story.Event() with { Outcome = AuditOutcomes.Denied }, Story.Event());
        Assert.True(await bench.SignAsync(Organization));
        var export = await ExportAsync(from: null, to: null, "&outcome=success");
        Assert.Equal(14, export.Count);
        Assert.DoesNotContain("checkpoint", export[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trail_whose_checkpoints_are_all_garbage_is_exported_without_one()
    {
        await Attacker.PutCheckpointAsync(1, "null");
        var export = await ExportAsync(from: null, to: null);
        Assert.Equal(13, export.Count);
        Assert.DoesNotContain("checkpoint", export[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_shows_by_the_records_beside_it_that_it_is_whole_and_nobody_who_is_named_there()
    {
        Assert.True(await Bench().SignAsync(Organization));
        var export = await ExportAsync(_from, _to);
        Assert.All((string[])["inFront", "behind"], member => Assert.NotNull(JsonNode.Parse(export[^1])!["trailer"]![member]));
        Assert.DoesNotContain("Alice", export[^1], StringComparison.Ordinal);
        var (code, said) = await ToolAsync(export);
        Assert.Contains($"all that was recorded from {_from:yyyy-MM-dd HH:mm:ssZ} until {_to:yyyy-MM-dd HH:mm:ssZ}\n", said, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData(true, false, "missing: Nothing proves that record 8 is older")]
    [InlineData(true, true, "missing: Nothing proves that record 8 is older")]
    [InlineData(false, false, "missing: Nothing proves that record 4 is not older")]
    [InlineData(false, true, "missing: Nothing proves that record 4 is not older")]
    public async Task A_part_that_is_passed_off_as_a_wider_range_is_found(bool atFront, bool isStripped, string finding)
    {
        Assert.True(await Bench().SignAsync(Organization));
        var export = (await (atFront ? ExportAsync(_to, to: null) : ExportAsync(from: null, _from))).ToList();
        var line = JsonNode.Parse(export[^1])!;
        var trailer = line["trailer"]!.AsObject();
        trailer[atFront ? "from" : "to"] = atFront ? _from : _to;
        if (isStripped)
        {
            trailer.Remove(atFront ? "inFront" : "behind");
        }

        export[^1] = line.ToJsonString();
        var (code, said) = await ToolAsync(export);
        Assert.StartsWith(finding, said, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_range_of_which_the_end_waits_for_its_checkpoint_is_not_proved_to_be_all()
    {
        var (_, said) = await ToolAsync(await ExportAsync(_from, _to));
        Assert.Contains("not proved to be all that was recorded from", said, StringComparison.Ordinal);
    }

    /// <summary>What the offline tool makes of it.</summary>
    private async Task<(int Code, string Said)> ToolAsync(IReadOnlyList<string> export)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, export, Cancellation);
            await using var said = new StringWriter();
            return (await VerifyAudit.RunAsync([file, "--key", Fingerprint], said, Cancellation), said.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<IReadOnlyList<string>> ExportAsync(DateTimeOffset? from, DateTimeOffset? to, string filter = "")
    {
        var range = string.Concat(from is null ? "" : $"&from={from:yyyy-MM-ddTHH:mm:ssZ}", to is null ? "" : $"&to={to:yyyy-MM-ddTHH:mm:ssZ}");
        var answer = await _app.As(Accounts.Olive).GetAsync($"audit?organization={Organization}{range}{filter}", ("Accept", "application/x-ndjson"));
        return answer.Text.TrimEnd('\n').Split('\n');
    }

    /// <summary>With nothing but the file and the pinned key.</summary>
    private TrailVerdict Verify(IReadOnlyList<string> export)
    {
        var trailer = JsonNode.Parse(export[^1])!["trailer"]!;
        var before = trailer["before"]!;
        Assert.True(TreeEdge.TryRead((long)before["size"]!, Convert.FromBase64String((string)before["edge"]!), out var edge));
        var file = new CheckpointFile((string)trailer["checkpoint"]!["note"]!, (string)trailer["checkpoint"]!["jws"]!);
        var series = CheckpointSeries.Read([file], [Fingerprint]);
        var later = trailer["consistency"] is { } path
            ? new LaterCheckpoint(series.Checkpoints[0], [.. path.AsArray().Select(hash => Convert.FromBase64String((string)hash!))])
            : null;
        var verifier = new TrailVerifier(later is null ? series : CheckpointSeries.Read([], []), later?.Checkpoint.Log, edge, Time.GetUtcNow(), later)
        {
            EndsEarlier = trailer["to"] is not null,
        };
        foreach (var line in export.SkipLast(1))
        {
            verifier.Add(RecordLine.TryRead(Encoding.UTF8.GetBytes(line), out var record) ? record : null);
        }

        return verifier.Finish();
    }

    /// <summary>Keeps what is written, and does something else before the first of it.</summary>
    private sealed class WatchedStream(Func<Task> before) : MemoryStream
    {
        private bool _hasBegun;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_hasBegun)
            {
                _hasBegun = true;
                await before();
            }

            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
