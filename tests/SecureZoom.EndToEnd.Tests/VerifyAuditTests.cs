using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox;
using SecureZoom.Verification.Log;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What an auditor runs: <c>script/verify-audit</c> on an export, its checkpoints and a pinned key, or on one record and its proof.</summary>
public sealed class VerifyAuditTests : IDisposable
{
    private static readonly JsonNode Vectors =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "vectors", "trails.json")))!;

    private static readonly string Fingerprint = (string)Vectors["keys"]!["fingerprint"]!;
    private static readonly string Vkey = (string)Vectors["keys"]!["vkey"]!;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securezoom-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_unbroken_export_is_told_to_be_so_and_up_to_where()
    {
        var (code, output) = await VerifyAsync("looked at long after it was exported");
        Assert.Equal("14 records, unbroken since 2025-11-24 12:00:20Z\nproved to record 12, signed 2025-11-24 12:04:10Z\n", output);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task A_range_is_proved_from_the_tree_in_front_of_it()
    {
        var (code, output) = await VerifyAsync("a range from between two checkpoints");
        Assert.Equal("7 records, unbroken since 2025-11-24 12:02:00Z\nproved to record 12, signed 2025-11-24 12:04:10Z\na part of the trail, from record 6 on: records 1 to 5 were not asked for\n", output);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("a deed is another one", "changed: Record 6 is not the one that the log committed to.")]
    [InlineData("a record is gone", "missing: Records 6 to 6 are not there.")]
    [InlineData("a line is no JSON", "unreadable: In the place of record 6 is something that is no record.")]
    public async Task What_is_wrong_is_named(string trail, string finding)
    {
        var (code, output) = await VerifyAsync(trail);
        Assert.Contains(finding, output, StringComparison.Ordinal);
        Assert.Contains("BROKEN", output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task What_is_erased_on_authority_is_unbroken_and_says_so()
    {
        var (code, output) = await VerifyAsync("three parts of two records are erased on authority");
        Assert.Equal(
            "13 records, unbroken since 2025-11-24 12:00:20Z\nproved to record 13, signed 2025-11-24 12:05:00Z\n2 erased (3 parts), authorised by record 13\n", output);
        Assert.Equal(0, code);
    }

    [Theory]
    [InlineData("parts are erased without authority", "erased_without_record: Parts of record 2 are destroyed, and no record behind it says that they were to be.")]
    [InlineData("the authority names another part", "erased_without_record: Parts of record 6 are destroyed, and no record behind it says that they were to be.")]
    [InlineData("the authority waits for its checkpoint", "the authority of 3 parts is covered by no checkpoint yet: it is not proved that they were to be erased")]
    public async Task What_is_erased_without_a_proved_authority_is_not_proved(string trail, string said)
    {
        var (code, output) = await VerifyAsync(trail);
        Assert.Contains($"{said}\n", output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Theory]
    [InlineData("signed to its end", "not-the-key")]
    [InlineData("a range from behind the last checkpoint", null)]
    [InlineData("nothing recorded", null)]
    public async Task What_no_pinned_key_has_signed_is_not_proved(string trail, string? pin)
    {
        var (code, output) = await VerifyAsync(trail, pin);
        Assert.Contains("covered by no checkpoint: nothing is proved", output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task An_export_without_its_trailer_is_not_whole()
    {
        var (code, output) = await VerifyAsync("signed to its end", withTrailer: false);
        Assert.Contains("has no trailer", output, StringComparison.Ordinal);
        Assert.Equal(2, code);
    }

    [Fact]
    public async Task Checkpoints_come_in_pages_of_which_none_is_left_out()
    {
        var trail = Trail("signed to its end");
        var export = await WriteExportAsync(trail, withTrailer: true);
        JsonNode[] all = [.. All(trail, "checkpoints")];
        var first = await WritePageAsync("first.json", all[..2], cursor: "more");
        var second = await WritePageAsync("second.json", all[2..]);

        var whole = await RunAsync(export, "--checkpoints", first, "--checkpoints", second, "--key", Vkey);
        Assert.Contains("proved to record 12, signed at a time that only the fingerprint's key tells", whole.Output, StringComparison.Ordinal);
        Assert.Equal(0, whole.Code);

        var half = await RunAsync(export, "--checkpoints", first, "--key", Vkey);
        Assert.Contains("the page that it leads to is missing", half.Output, StringComparison.Ordinal);
        Assert.Equal(2, half.Code);
    }

    [Fact]
    public async Task An_export_is_proved_by_the_checkpoint_that_it_holds()
    {
        // Of twelve, and the export ends before that, at the time that was asked for.
        var behind = new JsonObject
        {
            ["record"] = Vectors["lines"]![10]!.DeepClone(),
            ["proof"] = await File.ReadAllTextAsync(await WriteProofAsync(index: 10), TestContext.Current.CancellationToken),
        };
        var lines = All(Trail("signed to its end"), "lines").Take(10).ToArray();
        var leaves = Leaves();
        var trailer = new JsonObject
        {
            ["records"] = lines.Length,
            ["before"] = new JsonObject { ["size"] = 0, ["edge"] = "" },
            ["checkpoint"] = Vectors["checkpoints"]![2]!.DeepClone(),
            // RFC 6962 §2.1.2: of 10 in 12 they are the roots of 8 to 10, 10 to 12 and 0 to 8.
            ["consistency"] = new JsonArray([.. new[] { leaves[8..10], leaves[10..12], leaves[..8] }.Select(some => JsonValue.Create(Convert.ToBase64String(RootOf(some))))]),
            ["to"] = "2025-11-24T12:03:40+00:00",
            ["behind"] = behind,
        };
        var file = Path.Combine(_folder.FullName, "export.ndjson");
        await File.WriteAllLinesAsync(
            file,
            [.. lines.Select(line => (string)line!), new JsonObject { ["trailer"] = trailer }.ToJsonString()],
            TestContext.Current.CancellationToken);
        var (code, output) = await RunAsync(file, "--key", Fingerprint);
        Assert.Equal("10 records, unbroken since 2025-11-24 12:00:20Z\nproved to record 10, signed 2025-11-24 12:04:10Z\nall that was recorded until 2025-11-24 12:03:40Z\n", output);
        Assert.Equal(0, code);

        await File.WriteAllLinesAsync(file, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Where((_, index) => index != 9), TestContext.Current.CancellationToken);
        (code, output) = await RunAsync(file, "--key", Fingerprint);
        Assert.Contains("changed:", output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task One_record_is_proved_by_its_proof_alone()
    {
        var proof = await WriteProofAsync(index: 5);
        var (code, output) = await RunAsync(await WriteRecordAsync(5), "--proof", proof, "--key", Vkey);
        Assert.Equal("Record 6 of audit.example/16ac8bcbacf8b57939bd3ed4364930ee is proved: recorded 2025-11-24 12:02:00Z, in a signed tree of 12 records\n", output);
        Assert.Equal(0, code);

        var other = await RunAsync(await WriteRecordAsync(6), "--proof", proof, "--key", Vkey);
        Assert.StartsWith("misplaced:", other.Output, StringComparison.Ordinal);
        Assert.Equal(1, other.Code);
    }

    [Theory]
    [InlineData("a deed is another one", "changed:")]
    [InlineData("a deed is another one, and its leaf with it", "bad_checkpoint:")]
    [InlineData("a member behind the record says another outcome", "unreadable:")]
    public async Task A_record_that_was_changed_is_not_proved(string trail, string finding)
    {
        var record = Path.Combine(_folder.FullName, "record.json");
        await File.WriteAllTextAsync(record, (string)All(Trail(trail), "lines").ElementAt(5)!, TestContext.Current.CancellationToken);
        var (code, output) = await RunAsync(record, "--proof", await WriteProofAsync(index: 5), "--key", Vkey);
        Assert.StartsWith(finding, output, StringComparison.Ordinal);
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_proof_is_checked_by_vkeys_only()
    {
        var (code, output) = await RunAsync(await WriteRecordAsync(5), "--proof", await WriteProofAsync(index: 5), "--key", Fingerprint);
        Assert.Contains("is no vkey", output, StringComparison.Ordinal);
        Assert.Equal(2, code);
    }

    [Theory]
    [InlineData("four records", 0, "4 records of audit.example/16ac8bcbacf8b57939bd3ed4364930ee are proved, in a signed tree of 12, signed 2025-11-24 12:04:10Z\n0 of them withhold")]
    [InlineData("a text is withheld", 0, "\n1 of them withhold people or texts; whether the log has others, an extract cannot tell\nnot proved are their sentences and the file's own words on how to check it")]
    [InlineData("a deed is another one", 1, "changed: Record 6 is not the one that the log committed to.\n4 records, NOT PROVED\n")]
    public async Task An_evidence_file_proves_its_records(string name, int expected, string told)
    {
        var vectors = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "vectors", "evidence.json"), TestContext.Current.CancellationToken))!;
        var vector = vectors.AsArray().Single(one => (string)one!["name"]! == name)!;
        var file = Path.Combine(_folder.FullName, "evidence.ndjson");
        await File.WriteAllLinesAsync(file, vector["lines"]!.AsArray().Select(line => (string)line!), TestContext.Current.CancellationToken);
        var (code, output) = await RunAsync(file, "--key", Fingerprint);
        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.Equal(expected, code);
    }

    private async Task<(int Code, string Output)> VerifyAsync(string name, string? pin = null, bool withTrailer = true)
    {
        var trail = Trail(name);
        var checkpoints = await WritePageAsync("checkpoints.json", All(trail, "checkpoints"));
        return await RunAsync(await WriteExportAsync(trail, withTrailer), "--checkpoints", checkpoints, "--key", pin ?? Fingerprint);
    }

    private static JsonNode Trail(string name) => Vectors["trails"]!.AsArray().Single(trail => (string)trail!["name"]! == name)!;

    /// <summary>A trail's lines or checkpoints; a number stands for one of the clean trail's.</summary>
    private static IEnumerable<JsonNode> All(JsonNode trail, string member) => trail[member]!.AsArray()
        .Select(item => item!.GetValueKind() == JsonValueKind.Number ? Vectors[member]![(int)item]! : item);

    private async Task<string> WriteExportAsync(JsonNode trail, bool withTrailer)
    {
        var lines = All(trail, "lines").Select(line => (string)line!).ToList();
        if (withTrailer)
        {
            var trailer = new JsonObject { ["records"] = lines.Count, ["before"] = trail["before"]!.DeepClone() };
            lines.Add(new JsonObject { ["trailer"] = trailer }.ToJsonString());
        }

        var file = Path.Combine(_folder.FullName, "export.ndjson");
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);
        return file;
    }

    private async Task<string> WritePageAsync(string name, IEnumerable<JsonNode> checkpoints, string? cursor = null)
    {
        var page = new JsonObject { ["checkpoints"] = new JsonArray([.. checkpoints.Select(checkpoint => checkpoint.DeepClone())]) };
        if (cursor is not null)
        {
            page["cursor"] = cursor;
        }

        var file = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(file, page.ToJsonString(), TestContext.Current.CancellationToken);
        return file;
    }

    private async Task<string> WriteRecordAsync(int index)
    {
        var file = Path.Combine(_folder.FullName, "record.json");
        await File.WriteAllTextAsync(file, (string)Vectors["lines"]![index]!, TestContext.Current.CancellationToken);
        return file;
    }

    /// <summary>What <c>/proof</c> answers of a record of the clean trail.</summary>
    private async Task<string> WriteProofAsync(int index)
    {
        var leaves = Leaves();
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes((string)Vectors["checkpoints"]![2]!["note"]!), out var checkpoint));
        var file = Path.Combine(_folder.FullName, "record.tlog-proof");
        await File.WriteAllTextAsync(
            file, new TlogProof(index, [.. PathOf(index, leaves)], checkpoint).ToString(), TestContext.Current.CancellationToken);
        return file;
    }

    /// <summary>Those of the clean trail that are signed.</summary>
    private static byte[][] Leaves() =>
    [
        .. Vectors["lines"]!.AsArray().Take(12).Select(line =>
            RecordLine.TryRead(Encoding.UTF8.GetBytes((string)line!), out var record) ? record.Leaf : throw new InvalidDataException()),
    ];

    /// <summary>RFC 6962 §2.1.1, word by word.</summary>
    private static IEnumerable<byte[]> PathOf(int index, byte[][] leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var half = Half(leaves.Length);
        return index < half
            ? [.. PathOf(index, leaves[..half]), RootOf(leaves[half..])]
            : [.. PathOf(index - half, leaves[half..]), RootOf(leaves[..half])];
    }

    private static byte[] RootOf(byte[][] leaves) => leaves.Length == 1
        ? leaves[0]
        : Merkle.NodeHash(RootOf(leaves[..Half(leaves.Length)]), RootOf(leaves[Half(leaves.Length)..]));

    /// <summary>The largest power of two that is smaller.</summary>
    private static int Half(int count) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count) / 2;

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "script", "verify-audit"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
