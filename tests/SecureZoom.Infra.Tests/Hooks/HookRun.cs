using System.Diagnostics;

namespace SecureZoom.Infra.Tests;

/// <summary>How a hook ended, and all that it showed.</summary>
internal sealed record HookRun(int ExitCode, string Output)
{
    internal static async Task<HookRun> OfAsync(Process process, CancellationToken cancellation, string shown = "")
    {
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new HookRun(process.ExitCode, shown + output + await errors);
    }
}
