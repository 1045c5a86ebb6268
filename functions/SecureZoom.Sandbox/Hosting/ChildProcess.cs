using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>
/// A part that is a process of its own. It ends when its standard input closes, so that it never outlives the
/// sandbox, however that dies; its last lines are kept for whoever asks why it died.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Action<string>? _onLine;

    private ChildProcess(Process process, Action<string>? onLine)
    {
        (_process, _onLine) = (process, onLine);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exited = WaitAsync();
    }

    public int Id => _process.Id;

    /// <summary>Ends with the exit code.</summary>
    public Task<int> Exited { get; }

    /// <summary>The last lines of both outputs.</summary>
    public string Output => string.Join(Environment.NewLine, _lines);

    /// <param name="start">What to start.</param>
    /// <param name="onLine">Called with every line of output.</param>
    public static ChildProcess Start(ProcessStartInfo start, Action<string>? onLine = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        try
        {
            return new ChildProcess(Process.Start(start)!, onLine);
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            throw new SandboxException($"{start.FileName} cannot be started: {fault.Message}.", fault);
        }
    }

    /// <summary>Waits until the part answers.</summary>
    /// <param name="part">Its name in messages: "the function app".</param>
    /// <param name="isReady">Asks it; false, or an <see cref="HttpRequestException"/>, when it does not answer yet.</param>
    /// <param name="within">After this time it counts as failed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SandboxException">It ended, or did not answer in time.</exception>
    public async Task WhenReadyAsync(
        string part,
        Func<CancellationToken, Task<bool>> isReady,
        TimeSpan within,
        CancellationToken cancellationToken)
    {
        if (!await Readiness.WaitAsync(isReady, within, Exited, cancellationToken))
        {
            var what = Exited.IsCompletedSuccessfully
                ? $"ended with exit code {await Exited}"
                : $"did not answer within {within.TotalSeconds:0} s";
            throw new SandboxException($"{part} {what}. Its last output:{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Says something to it.</summary>
    public Task WriteLineAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Lets the process finish what it is doing and ends it.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
        }

        try
        {
            await Exited.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            await KillAsync();
        }
    }

    /// <summary>Ends the process at once (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await Exited;
    }

    /// <summary>Ends at once (SIGKILL) a process that this one has started, by a word of its command line. On Linux only.</summary>
    /// <returns>Whether there was one.</returns>
    public bool KillChild(string word)
    {
        try
        {
            var children = Directory.EnumerateDirectories($"/proc/{_process.Id}/task")
                .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            if (children.FirstOrDefault(id => File.ReadAllText($"/proc/{id}/cmdline").Contains(word, StringComparison.Ordinal)) is not { } found)
            {
                return false;
            }

            using var child = Process.GetProcessById(int.Parse(found, CultureInfo.InvariantCulture));
            child.Kill();
            return true;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            // It ends by itself just now.
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        while (_lines.Count > KeptLines)
        {
            _lines.TryDequeue(out _);
        }

        _onLine?.Invoke(line);
    }
}
