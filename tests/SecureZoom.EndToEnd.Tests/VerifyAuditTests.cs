using System.Diagnostics;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What an auditor runs: <c>script/verify-audit</c> on an export, its checkpoints and a pinned key.</summary>
public sealed class VerifyAuditTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securezoom-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_unbroken_export_is_told_to_be_so_and_up_to_where()
    {
        var (code, output) = await VerifyAsync("whole and unbroken");
        Assert.Equal(0, code);
        Assert.Contains("15 records, unbroken since 2026-11-24 12:00:01Z", output, StringComparison.Ordinal);
        Assert.Contains("covered to record 12, signed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_wrong_record_is_named()
    {
        var (code, output) = await VerifyAsync("one field changed");
        Assert.Equal(1, code);
        Assert.Contains("changed: Record 4 is not the one that the checkpoint of", output, StringComparison.Ordinal);
        Assert.Contains("BROKEN", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_pinned_proves_nothing()
    {
        var (code, output) = await VerifyAsync("whole and unbroken", pin: "not-the-key");
        Assert.Equal(1, code);
        Assert.Contains("covered by no checkpoint: nothing is proved", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_without_its_trailer_is_not_whole()
    {
        var (code, output) = await VerifyAsync("whole and unbroken", withTrailer: false);
        Assert.Equal(2, code);
        Assert.Contains("has no trailer", output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> VerifyAsync(string name, string? pin = null, bool withTrailer = true)
    {
        var vectors = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tests", "vectors", "trails.json")))!.AsArray();
        var vector = vectors.Single(one => (string)one!["name"]! == name)!;
        var lines = vector["lines"]!.AsArray().Select(line => (string)line!).ToList();
        if (withTrailer)
        {
            var trailer = new JsonObject { ["records"] = lines.Count, ["before"] = vector["before"]!.DeepClone() };
            lines.Add(new JsonObject { ["trailer"] = trailer }.ToJsonString());
        }

        var export = Path.Combine(_folder.FullName, "export.ndjson");
        var checkpoints = Path.Combine(_folder.FullName, "checkpoints.json");
        await File.WriteAllLinesAsync(export, lines, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            checkpoints, new JsonObject { ["checkpoints"] = vector["checkpoints"]!.DeepClone() }.ToJsonString(), TestContext.Current.CancellationToken);

        var start = new ProcessStartInfo(
            Path.Combine(Repository.Root, "script", "verify-audit"),
            [export, "--checkpoints", checkpoints, "--key", pin ?? (string)vector["key"]!])
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
