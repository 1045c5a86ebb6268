using System.Diagnostics;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What a collector's machine runs each minute: <c>script/pull-ocsf</c>.</summary>
[Collection<TrailStories>]
public sealed class PullOcsfTests(Product product) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securezoom-");

    private string Events => Path.Combine(_folder.FullName, "events.ndjson");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_record_is_appended_once_and_nothing_where_the_answer_is_none()
    {
        await product.CreateMeetingAsync(Accounts.Dave, "Before");
        await product.WhenRecordedAsync(Accounts.Olive, "organization=org_globex&action=meeting.created&source=app", 1);
        // Two at once, as where a pull takes longer than a minute.
        Assert.All(await Task.WhenAll(PullAsync(Accounts.Olive), PullAsync(Accounts.Olive)), pulled => Assert.Equal((0, ""), pulled));
        var first = await ReadAsync();
        await product.CreateMeetingAsync(Accounts.Dave, "After");
        await product.WhenRecordedAsync(Accounts.Olive, "organization=org_globex&action=meeting.created&source=app", 2);
        Assert.Equal((0, ""), await PullAsync(Accounts.Olive));

        // Whoever may not read it gets nothing, and goes on where they were.
        var (code, error) = await PullAsync(Accounts.Bob);
        Assert.NotEqual(0, code);
        Assert.Contains("403", error, StringComparison.Ordinal);

        var all = await ReadAsync();
        Assert.Equal(first, all.Take(first.Count));
        Assert.Equal(Enumerable.Range(1, all.Count).Select(sequence => (long)sequence), all.Select(line => (long)JsonNode.Parse(line)!["metadata"]!["sequence"]!));
        Assert.Equal(2, all.Count(line => (string)JsonNode.Parse(line)!["unmapped"]!["action"]! == "meeting.created" && line.Contains("\"log_provider\":\"app\"", StringComparison.Ordinal)));
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    private async Task<IReadOnlyList<string>> ReadAsync() => await File.ReadAllLinesAsync(Events, TestContext.Current.CancellationToken);

    private async Task<(int Code, string Error)> PullAsync(Account account)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "script", "pull-ocsf"), Events, "org_globex"]) { RedirectStandardError = true };
        start.Environment["API_URL"] = product.Sandbox.AppAddress.AbsoluteUri.TrimEnd('/');
        start.Environment["TOKEN"] = product.Sandbox.Identity.MintToken(account);
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
