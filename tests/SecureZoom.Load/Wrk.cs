using System.Diagnostics;
using System.Globalization;
using SecureZoom.Sandbox;

namespace SecureZoom.Load;

/// <summary>Drives a server by <c>wrk</c>: one thread, so many callers, each with its next call as soon as it is answered.</summary>
internal sealed class Wrk(int callers, TimeSpan time)
{
    private const int Few = 4;

    private static readonly string Script = Path.Combine(Repository.Root, "tests", "SecureZoom.Load", "load.lua");

    /// <summary>As <see cref="RunAsync"/>, by few callers and longer, until a server that has just started has compiled what it needs.</summary>
    public Task<Round> WarmAsync(Target target, CancellationToken cancellationToken) => new Wrk(Few, time * 3).RunAsync(target, cancellationToken);

    /// <exception cref="SandboxException">Not every call was answered, or one by none of 2xx: then nothing was measured.</exception>
    public async Task<Round> RunAsync(Target target, CancellationToken cancellationToken)
    {
        var seconds = time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("wrk", ["-t1", $"-c{callers}", $"-d{seconds}s", "--timeout", "30s", "-s", Script, target.Server.ToString()])
        {
            RedirectStandardOutput = true,
            Environment = { ["LOAD_CALLS"] = target.File },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith("LOAD ", StringComparison.Ordinal))
            ?? throw new SandboxException($"wrk has measured nothing: {output}");
        long[] figures = [.. line.Split(' ')[1..].Select(figure => long.Parse(figure, CultureInfo.InvariantCulture))];
        return figures is [var answers, var microseconds, var median, var p99, 0, 0] && answers > 0
            ? new Round(answers / (microseconds / 1e6), TimeSpan.FromMicroseconds(median), TimeSpan.FromMicroseconds(p99))
            : throw new SandboxException($"{target.Name}: of {figures[0]} answers {figures[4]} were refusals, and {figures[5]} calls failed.");
    }
}
