using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;
using SecureZoom.Witness;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Witnesses' signatures are found whatever others put beside them, and go with an export.</summary>
public sealed class CosignatureTests(Cloud cloud) : AttackBench(cloud), IAsyncLifetime
{
    private const long Behind = 9_999_999_999;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private WitnessServer _witness = null!;

    private static VerifierKey Log(Cloud cloud) => new NoteSigner(TrailBench.Options.Origin, Convert.FromBase64String(cloud.Secrets["audit-note-key"])).Key;

    private string Folder => $".witnesses/{TrailBench.Options.FolderOf(Organization)}/{_witness.Key.Id:x8}/";

    public async ValueTask InitializeAsync() => _witness = await WitnessServer.StartAsync(
        new WitnessOptions(_folder, "witness.example", 0, [Log(Cloud)]), Time, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _witness.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task One_whose_name_somebody_has_taken_first_is_kept_under_another_and_raises_the_alarm()
    {
        var bench = Witnessed();
        await AppendAndSignAsync(bench, 3);
        await PlantAsync($"{Behind - 1:D10}", "garbage");
        await bench.LookBackAsync();

        Assert.Equal([$"cosignature-taken {Organization}"], bench.Logs.Alerts());
        var fresh = Witnessed();
        Assert.Equal(3, Assert.Single((await fresh.VerifyAsync(Organization)).Witnesses).Size);
        Assert.Single((await fresh.Proofs.ProveAsync(Organization, 1, Cancellation))!.Checkpoint.Verify(_witness.Key));
        // What the witness has seen is remembered by it.
        Time.Advance(TimeSpan.FromHours(1));
        await AppendAndSignAsync(fresh, 2);
        await fresh.LookBackAsync();
        Assert.Empty(fresh.Alarms);
        Assert.Equal(5, Assert.Single((await fresh.VerifyAsync(Organization)).Witnesses).Size);
    }

    [Fact]
    public async Task None_is_hidden_by_names_of_the_future_or_in_another_spelling()
    {
        var bench = Witnessed();
        await AppendAndSignAsync(bench, 3);
        await bench.LookBackAsync();
        var names = Enumerable.Range(2, 120).Select(number => $"{Behind - number:D10}")
            .Concat(["0", "00000000000000000001", $"{Behind - 1}.json", $"{Behind - 1:D10}/{Behind - 1:D10}", "9999999998.0", "-999999998", "٩٩٩٩٩٩٩٩٩٨"]);
        await Task.WhenAll(names.Select(name => PlantAsync(name, "garbage")));

        var fresh = Witnessed();
        Assert.Single((await fresh.Proofs.ProveAsync(Organization, 1, Cancellation))!.Checkpoint.Verify(_witness.Key));
        Assert.Equal(3, Assert.Single((await fresh.VerifyAsync(Organization)).Witnesses).Size);
        // An hour has not gone by, and it knows.
        await AppendAndSignAsync(fresh, 1);
        await fresh.LookBackAsync();
        Assert.Equal(3, Assert.Single((await fresh.VerifyAsync(Organization)).Witnesses).Size);
    }

    [Fact]
    public async Task Two_instances_that_show_the_same_checkpoint_raise_no_alarm()
    {
        var (one, other) = (Witnessed(), Witnessed());
        await AppendAndSignAsync(one, 3);
        Assert.True(await other.SignAsync(Organization));
        var (witness, file) = (new AuditWitness(_witness.Address, _witness.Key, TimeSpan.FromHours(1)), await one.Checkpoints.ReadAsync(Organization, 1, Cancellation));
        await one.LookBackAsync();
        var (_, line) = await AskAsync(new WitnessRequest(3, [], Note(file)).ToString());
        Assert.True(NoteSignature.TryParse(line.TrimEnd('\n'), out var again));

        Assert.True(await other.Cosignatures.AddAsync(Organization, 1, witness, again, file.Text, Cancellation));
        Assert.Single(await Attacker.Blobs.GetBlobsAsync(BlobTraits.None, BlobStates.None, Folder, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_witness_that_is_shown_the_same_again_signs_and_writes_nothing()
    {
        var bench = Witnessed();
        await AppendAndSignAsync(bench, 3);
        await bench.LookBackAsync();
        var seen = new FileInfo(Path.Combine(_folder, "seen"));
        var length = seen.Length;
        Assert.True(length > 0);

        var (status, line) = await AskAsync(new WitnessRequest(3, [], Note(await bench.Checkpoints.ReadAsync(Organization, 1, Cancellation))).ToString());
        seen.Refresh();
        Assert.Equal((200, true, length), (status, NoteSignature.TryParse(line.TrimEnd('\n'), out _), seen.Length));
    }

    [Fact]
    public async Task An_export_holds_what_witnesses_have_signed_of_it()
    {
        var bench = Witnessed();
        await AppendAndSignAsync(bench, 3);
        await bench.LookBackAsync();
        await using var app = await App.StartAsync(Cloud, new()
        {
            ["Audit:Witnesses:0:Address"] = _witness.Address.AbsoluteUri,
            ["Audit:Witnesses:0:Key"] = _witness.Key.ToString(),
        });
        var first = await ExportAsync(app);
        Assert.Single(first["checkpoint"]!["cosignatures"]!.AsArray());
        Assert.Null(first["witnessed"]);
        Assert.Equal(3, SizeSeen(first));
        var from = Later();
        await AppendAndSignAsync(bench, 2);

        var second = await ExportAsync(app);
        Assert.Null(second["checkpoint"]!["cosignatures"]);
        Assert.Equal(3, SizeSeen(second));
        // Of lines that are all newer nobody has seen anything.
        Assert.Null((await ExportAsync(app, $"&from={from:yyyy-MM-ddTHH:mm:ssZ}"))["witnessed"]);
    }

    /// <summary>How far the witness has seen, by the trailer alone.</summary>
    private long SizeSeen(JsonNode trailer)
    {
        var files = new[] { trailer["witnessed"], trailer["checkpoint"] }.OfType<JsonNode>().Select(file => new CheckpointFile(
            (string)file["note"]!, (string)file["jws"]!, file["cosignatures"]?.AsArray().Select(line => (string)line!).ToList()));
        var series = CheckpointSeries.Read(files, [Log(Cloud).ToString(), _witness.Key.ToString()]);
        Assert.Empty(series.Problems);
        return series.Checkpoints.Last(checkpoint => checkpoint.SeenBy.Count > 0).Head.Size;
    }

    private async Task<JsonNode> ExportAsync(App app, string range = "")
    {
        var answer = await app.As(Accounts.Olive).GetAsync($"audit?organization={Organization}{range}", ("Accept", "application/x-ndjson"));
        return JsonNode.Parse(answer.Text.TrimEnd('\n').Split('\n')[^1])!["trailer"]!;
    }

    private static SignedNote Note(CheckpointFile file) =>
        SignedNote.TryParse(Encoding.UTF8.GetBytes(file.Note), out var note) ? note : throw new InvalidDataException();

    private async Task<(int Status, string Body)> AskAsync(string body)
    {
        using var http = new HttpClient();
        using var content = new StringContent(body);
        using var answer = await http.PostAsync(new Uri(_witness.Address, "add-checkpoint"), content, Cancellation);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private TrailBench Witnessed() =>
        Keep(new TrailBench(Cloud, Time, witnesses: new([new AuditWitness(_witness.Address, _witness.Key, TimeSpan.FromHours(1))])));

    /// <summary>Somebody who can create blobs, and neither change nor delete any.</summary>
    private async Task PlantAsync(string name, string content) =>
        await Attacker.Blobs.GetBlobClient(Folder + name).UploadAsync(BinaryData.FromString(content + RandomNumberGenerator.GetHexString(8)), overwrite: false, Cancellation);
}
