using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;
using SecureZoom.Witness;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Witnesses cosign what only grows, by c2sp.org/tlog-witness; what they know better is an alarm.</summary>
public sealed class WitnessTests(Cloud cloud) : AttackBench(cloud), IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private WitnessServer _witness = null!;

    private VerifierKey Log => new NoteSigner(TrailBench.Options.Origin, Convert.FromBase64String(Cloud.Secrets["audit-note-key"])).Key;

    public async ValueTask InitializeAsync() => _witness = await StartAsync(_folder);

    public async ValueTask DisposeAsync()
    {
        await _witness.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_witness_signs_once_an_hour_from_where_it_was_and_verifiers_say_so()
    {
        var bench = Witnessed();
        await AppendAndSignAsync(bench, 3);
        await bench.LookBackAsync();
        await AppendAndSignAsync(bench, 2);
        await bench.LookBackAsync();
        Assert.Equal(3, Assert.Single((await bench.VerifyAsync(Organization)).Witnesses).Size);

        Time.Advance(TimeSpan.FromHours(1));
        await AppendAndSignAsync(bench, 4);
        await bench.LookBackAsync();

        var verdict = await bench.VerifyAsync(Organization);
        Assert.Empty(verdict.Problems);
        Assert.Equal(("witness.example", 9), (Assert.Single(verdict.Witnesses).Name, verdict.Witnesses[0].Size));
        Assert.Empty(bench.Alarms);
        // Nobody else's key counts for it.
        Assert.Empty((await Witnessed(Another()).VerifyAsync(Organization)).Witnesses);
    }

    [Fact]
    public async Task An_instance_that_begins_knows_when_the_witness_was_asked_and_goes_on_from_what_it_has_seen()
    {
        await AppendAndShowAsync(Witnessed(), 3);
        var next = Witnessed();
        await AppendAndShowAsync(next, 2);
        Assert.Equal(3, Assert.Single((await next.VerifyAsync(Organization)).Witnesses).Size);

        Time.Advance(TimeSpan.FromHours(1));
        await AppendAndShowAsync(Witnessed(), 2);

        Assert.Equal(7, Assert.Single((await next.VerifyAsync(Organization)).Witnesses).Size);
    }

    [Fact]
    public async Task A_record_is_proved_by_the_newest_checkpoint_that_a_witness_has_signed_where_that_covers_it()
    {
        var bench = Witnessed();
        await AppendAndShowAsync(bench, 3);
        await AppendAndSignAsync(bench, 2);

        foreach (var (sequence, size, isSeen) in ((long, long, bool)[])[(2, 3, true), (5, 5, false)])
        {
            var proof = (await bench.Proofs.ProveAsync(Organization, sequence, Cancellation))!;
            var leaf = (await bench.Trail.ReadAsync(Organization, sequence, Cancellation))!.Line!.Leaf;
            Assert.Equal(size, proof.Verify(leaf, TrailBench.Options.LogOf(Organization), [Log])!.Head.Size);
            Assert.Equal(isSeen ? 1 : 0, proof.Checkpoint.Verify(_witness.Key).Count);
        }
    }

    [Fact]
    public async Task A_witness_that_has_forgotten_nothing_tells_a_trail_that_was_rolled_back()
    {
        var first = Witnessed();
        await AppendAndShowAsync(first, 3);
        var copy = await Attacker.CopyAsync();
        Time.Advance(TimeSpan.FromHours(1));
        await AppendAndShowAsync(first, 3);
        await Attacker.RestoreAsync(copy);
        await Attacker.CheckpointBlob(2).DeleteAsync(cancellationToken: Cancellation);
        await RemoveCosignaturesAsync();
        Time.Advance(TimeSpan.FromHours(1));

        var fresh = Witnessed();
        Assert.True(await fresh.SignAsync(Organization));
        await fresh.LookBackAsync();

        Assert.Contains(fresh.Alarms, alarm => alarm.Contains("has seen 6 records of a trail that has 3", StringComparison.Ordinal));
        await AssertFoundAsync(fresh);
        Assert.Equal([$"trail-finding {Organization}", $"witness-conflict {Organization}"], fresh.Logs.Alerts());

        // And that it has grown again, with other records.
        Time.Advance(TimeSpan.FromHours(1));
        var later = Witnessed();
        await AppendAndShowAsync(later, 4);
        Assert.Contains(later.Alarms, alarm => alarm.Contains("does not go on from the 6", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("503")]
    [InlineData("redirect")]
    [InlineData("garbage")]
    [InlineData("large")]
    [InlineData("another key's")]
    [InlineData("409 of garbage")]
    [InlineData("409 again and again")]
    [InlineData("hangs")]
    public async Task What_a_witness_answers_wrongly_counts_for_nothing_and_raises_no_alarm(string what)
    {
        var (asked, stranger) = (0, new Cosigner("witness.example", RandomNumberGenerator.GetBytes(32)));
        await using var wrong = await StandInAsync(async context =>
        {
            asked++;
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync(Cancellation);
            Assert.True(WitnessRequest.TryParse(System.Text.Encoding.UTF8.GetBytes(body), out var request));
            return what switch
            {
                "503" => Results.StatusCode(503),
                "redirect" => Results.Redirect(_witness.Address + "add-checkpoint", permanent: false, preserveMethod: true),
                "garbage" => Results.Text("— x\n"),
                "large" => Results.Text($"{new Cosigner("a", new byte[32]).Sign(request.Checkpoint.Text, Time.GetUtcNow())}\n{new string('a', 17_000)}"),
                "another key's" => Results.Text($"{stranger.Sign(request.Checkpoint.Text, Time.GetUtcNow())}\n"),
                "409 of garbage" => Results.Text("-1\n", statusCode: 409),
                "409 again and again" => Results.Text($"{(request.Old == 1 ? 2 : 1)}\n", statusCode: 409),
                _ => await HangAsync(context),
            };
        });
        var bench = Keep(new TrailBench(Cloud, Time, witnesses: new([new AuditWitness(new Uri(wrong.Urls.Single()), _witness.Key, TimeSpan.FromHours(1))])));
        await AppendAndShowAsync(bench, 3);

        Assert.Equal(what == "409 again and again" ? 2 : 1, asked);
        Assert.Empty(bench.Alarms);
        Assert.Contains(bench.Logs.Entries, entry => entry.Contains("has not signed", StringComparison.Ordinal));
        Assert.Empty((await bench.VerifyAsync(Organization)).Witnesses);
    }

    [Fact]
    public async Task A_cosignature_that_somebody_has_planted_spoils_nothing()
    {
        var bench = Witnessed();
        await AppendAndShowAsync(bench, 3);
        var blob = await Attacker.Blobs.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, Folder, Cancellation).SingleAsync(Cancellation);
        var planted = new NoteSignature(_witness.Key.Name, _witness.Key.Id, RandomNumberGenerator.GetBytes(72)).ToString();
        await Attacker.Blobs.GetBlobClient(blob.Name).UploadAsync(BinaryData.FromString(planted), overwrite: true, Cancellation);

        var fresh = Witnessed();
        var verdict = await fresh.VerifyAsync(Organization);
        Assert.Empty(verdict.Problems);
        Assert.Empty(verdict.Witnesses);
        Assert.Single((await fresh.Proofs.ProveAsync(Organization, 1, Cancellation))!.Checkpoint.Signatures);
        var file = (await fresh.Checkpoints.ReadAsync(Organization, 1, Cancellation)) with { Cosignatures = [planted, "x"], Number = null };
        Assert.True(TrailCheckpoint.TryOpen(file, [Log.ToString(), _witness.Key.ToString()], out var checkpoint, out _));
        Assert.Empty(checkpoint.SeenBy);
    }

    [Fact]
    public void A_witness_s_key_among_the_pins_trusts_no_log()
    {
        var (witness, note) = (new Cosigner("localhost/audit", RandomNumberGenerator.GetBytes(32)), new NoteSigner("localhost/audit", RandomNumberGenerator.GetBytes(32)));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var text = new LogCheckpoint("localhost/audit/0", TreeHead.Empty).Text;
        var signed = SignedNote.Of(text, note.Sign(text), witness.Sign(text, Time.GetUtcNow())).ToString();
        var file = new CheckpointFile(signed, CheckpointJws.Sign(text, Organization, number: 1, Time.GetUtcNow(), key));

        Assert.False(TrailCheckpoint.TryOpen(file, [witness.Key.ToString()], out _, out _));
        Assert.True(TrailCheckpoint.TryOpen(file, [witness.Key.ToString(), note.Key.ToString()], out _, out _));
    }

    [Fact]
    public async Task The_witness_keeps_the_protocol_s_rules()
    {
        var log = new NoteSigner("log.example", RandomNumberGenerator.GetBytes(32));
        await using var witness = await WitnessServer.StartAsync(
            new WitnessOptions(Path.Combine(_folder, "rules"), "witness.example", 0, [log.Key]), Time, Cancellation);
        var trees = Enumerable.Range(0, 6).Select(size => Enumerable.Range(0, size).Aggregate(TreeEdge.Empty, (edge, i) => edge.Append(Merkle.LeafHash([(byte)i]))).Head).ToArray();
        var fork = new TreeHead(3, RandomNumberGenerator.GetBytes(32));
        byte[] leaf2 = Merkle.LeafHash([2]), root2 = trees[2].Root;

        Assert.Equal(400, (await AskAsync("old x\n\n")).Status);
        Assert.Equal(400, (await AskAsync(Body(0, trees[1]).Replace("\n\n", "\n", StringComparison.Ordinal))).Status);
        Assert.Equal(400, (await AskAsync(Body(3, trees[2]))).Status);
        Assert.Equal(404, (await AskAsync(Body(0, trees[1], origin: "log.example.org/1"))).Status);
        Assert.Equal(403, (await AskAsync(Body(0, trees[1], signer: new NoteSigner("log.example", RandomNumberGenerator.GetBytes(32))))).Status);
        Assert.Equal((409, "0\n"), await AskAsync(Body(1, trees[2])));
        Assert.Equal(422, (await AskAsync(Body(0, trees[2], root2))).Status);
        Assert.Equal(200, (await AskAsync(Body(0, trees[2]))).Status);
        Assert.Equal((409, "2\n"), await AskAsync(Body(0, trees[3])));
        Assert.Equal(422, (await AskAsync(Body(2, fork, leaf2))).Status);
        Assert.Equal((409, "2\n"), await AskAsync(Body(2, fork with { Size = 2 })));
        Assert.Equal(200, (await AskAsync(Body(2, trees[3], leaf2))).Status);
        var (status, line) = await AskAsync(Body(3, trees[3]));
        Assert.Equal(200, status);
        Assert.True(NoteSignature.TryParse(line.TrimEnd('\n'), out var cosignature));
        var text = new LogCheckpoint("log.example/1", trees[3]).Text;
        Assert.Single(SignedNote.Of(text, cosignature).Verify(witness.Key));
        // Of another log it has seen nothing.
        Assert.Equal((409, "0\n"), await AskAsync(Body(3, trees[3], origin: "log.example/2")));

        string Body(long old, TreeHead head, byte[]? proof = null, string origin = "log.example/1", NoteSigner? signer = null)
        {
            var checkpoint = new LogCheckpoint(origin, head).Text;
            return new WitnessRequest(old, proof is null ? [] : [proof], SignedNote.Of(checkpoint, (signer ?? log).Sign(checkpoint))).ToString();
        }

        async Task<(int Status, string Body)> AskAsync(string body)
        {
            using var http = new HttpClient();
            using var content = new StringContent(body);
            using var answer = await http.PostAsync(new Uri(witness.Address, "add-checkpoint"), content, Cancellation);
            if (answer.StatusCode == HttpStatusCode.Conflict)
            {
                Assert.Equal("text/x.tlog.size", answer.Content.Headers.ContentType!.MediaType);
            }

            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Fact]
    public async Task A_witness_remembers_over_a_restart_even_when_it_ended_in_the_middle_of_a_line()
    {
        await AppendAndShowAsync(Witnessed(), 3);
        var key = _witness.Key.ToString();
        await _witness.DisposeAsync();
        await File.AppendAllTextAsync(Path.Combine(_folder, "seen"), "localhost/aud", Cancellation);
        _witness = await StartAsync(_folder);
        Assert.Equal(key, _witness.Key.ToString());

        Time.Advance(TimeSpan.FromHours(1));
        await AppendAndShowAsync(Witnessed(), 3);
        await _witness.DisposeAsync();
        Assert.EndsWith(" 6 ", (await File.ReadAllLinesAsync(Path.Combine(_folder, "seen"), Cancellation))[^1][..^44], StringComparison.Ordinal);
        _witness = await StartAsync(_folder);

        // By one key, one witness: two would each sign a history.
        await Assert.ThrowsAsync<IOException>(() => StartAsync(_folder));
    }

    private string Folder => $".witnesses/{TrailBench.Options.FolderOf(Organization)}/";

    private async Task<WitnessServer> StartAsync(string folder) =>
        await WitnessServer.StartAsync(new WitnessOptions(folder, "witness.example", 0, [Log]), Time, Cancellation);

    private TrailBench Witnessed(VerifierKey? key = null) =>
        Keep(new TrailBench(Cloud, Time, witnesses: new([new AuditWitness(_witness.Address, key ?? _witness.Key, TimeSpan.FromHours(1))])));

    private static VerifierKey Another() => new Cosigner("witness.example", RandomNumberGenerator.GetBytes(32)).Key;

    private async Task AppendAndShowAsync(TrailBench bench, int count)
    {
        await AppendAndSignAsync(bench, count);
        await bench.LookBackAsync();
    }

    private async Task AssertFoundAsync(TrailBench bench)
    {
        Assert.Contains(await bench.Findings.ReadAsync(Organization, Cancellation), finding => finding is { Code: FindingCodes.WitnessConflict, KnownSince: null });
        Assert.True(await bench.Findings.AreOpenAsync(Cancellation));
    }

    private async Task RemoveCosignaturesAsync()
    {
        await foreach (var blob in Attacker.Blobs.GetBlobsAsync(
            Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, Folder, Cancellation))
        {
            await Attacker.Blobs.DeleteBlobAsync(blob.Name, cancellationToken: Cancellation);
        }
    }

    private static async Task<IResult> HangAsync(HttpContext context)
    {
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        return Results.Ok();
    }

    private static async Task<WebApplication> StandInAsync(Func<HttpContext, Task<IResult>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.MapPost("/add-checkpoint", answer);
        await application.StartAsync(Cancellation);
        return application;
    }
}
