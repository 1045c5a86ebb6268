using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>What docs/trail-format.md says of the format, by tools that are not ours.</summary>
public sealed partial class TrailFormatTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securezoom-format-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_worked_example_says_what_the_page_says()
    {
        var (output, expected) = await RunAsync();
        Assert.Equal(expected, output);
    }

    [Fact]
    public async Task A_record_that_was_changed_has_another_root()
    {
        var (output, expected) = await RunAsync(record => record.Replace("Planning", "Plotting", StringComparison.Ordinal));
        Assert.NotEqual(expected, output);
        Assert.DoesNotContain("The checkpoint signs this root.", output, StringComparison.Ordinal);
    }

    private async Task<(string Output, string Expected)> RunAsync(Func<string, string>? change = null)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("tests/vectors/example")))
        {
            var text = await File.ReadAllTextAsync(file, Cancellation);
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, Path.GetFileName(file)), change?.Invoke(text) ?? text, Cancellation);
        }

        var page = await File.ReadAllTextAsync(Repository.PathOf("docs/trail-format.md"), Cancellation);
        var example = Example().Match(page);
        Assert.True(example.Success);
        var start = new ProcessStartInfo("bash", ["-c", example.Groups["script"].Value])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (output, example.Groups["output"].Value);
    }

    [GeneratedRegex(@"```sh\n(?<script>.*?)```\n\nIt says\n\n```\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
