using System.Diagnostics;
using System.Text;

namespace SecureZoom.Infra.Tests;

/// <summary>
/// Where hooks run: before stand-ins for <c>az</c>, <c>azd</c> and others, which keep what they are told from one run to the next.
/// </summary>
internal sealed class HookCloud : IDisposable
{
    private static readonly string[] Tools = ["az", "azd", "curl", "gh", "npm", "swa", "tool"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securezoom-hook-");

    internal HookCloud()
    {
        foreach (var part in new[] { "bin", "vault", "environment", "tmp" })
        {
            _folder.CreateSubdirectory(part);
        }

        foreach (var tool in Tools)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "StandIns", tool), PathOf($"bin/{tool}"));
            File.SetUnixFileMode(PathOf($"bin/{tool}"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Directory.CreateDirectory(PathOf("site-cli/node_modules/.bin"));
        File.CreateSymbolicLink(PathOf("site-cli/node_modules/.bin/swa"), PathOf("bin/swa"));
    }

    /// <summary>What the tools were told so far, one line a call, the arguments separated by spaces.</summary>
    internal string[] Calls => File.Exists(PathOf("calls")) ? File.ReadAllLines(PathOf("calls")) : [];

    /// <summary>Key Vault: secrets by name.</summary>
    internal Dictionary<string, string> Vault => Read("vault");

    /// <summary>azd's environment.</summary>
    internal Dictionary<string, string> Environment => Read("environment");

    /// <summary>Every file that is left but those of the vault: names and contents.</summary>
    internal string Leftovers => string.Join('\n', _folder.EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => file.Directory!.Name != "vault")
        .Select(file => $"{file.Name}\n{File.ReadAllText(file.FullName)}"));

    internal string PathOf(string file) => Path.Combine(_folder.FullName, file);

    internal void Put(string secret, string value) => File.WriteAllText(PathOf($"vault/{secret}"), value);

    /// <summary>What Azure has, or says: a file that is there, or what is in it.</summary>
    internal void Has(string what, string value = "") => File.WriteAllText(PathOf(what), value);

    internal bool Holds(string what) => File.Exists(PathOf(what));

    /// <summary>Runs a command without a terminal.</summary>
    internal async Task<HookRun> RunCommandAsync(
        string command, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        using var process = Start("bash", ["-c", command], environment);
        process.StandardInput.Close();
        return await HookRun.OfAsync(process, cancellation);
    }

    /// <summary>Runs a hook without a terminal.</summary>
    internal async Task<HookRun> RunAsync(
        string hook, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        using var process = Start("bash", [Infra.PathOf($"hooks/{hook}")], environment);
        process.StandardInput.Close();
        return await HookRun.OfAsync(process, cancellation);
    }

    /// <summary>Runs a hook at a terminal, at which somebody answers each prompt once it is shown.</summary>
    internal async Task<HookRun> RunAtTerminalAsync(
        string hook, IEnumerable<string> answers, CancellationToken cancellation, params (string Name, string Value)[] environment)
    {
        var command = $"bash '{Infra.PathOf($"hooks/{hook}")}'";
        using var process = Start("script", ["--quiet", "--return", "--command", command, "/dev/null"], environment);
        var shown = new StringBuilder();
        foreach (var answer in answers)
        {
            await ReadPromptAsync(process.StandardOutput, shown, cancellation);
            await process.StandardInput.WriteAsync($"{answer}\n".AsMemory(), cancellation);
            await process.StandardInput.FlushAsync(cancellation);
        }

        return await HookRun.OfAsync(process, cancellation, shown.ToString());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task ReadPromptAsync(StreamReader output, StringBuilder shown, CancellationToken cancellation)
    {
        var next = new char[1];
        var from = shown.Length;
        while (!shown.ToString(from, shown.Length - from).EndsWith(": ", StringComparison.Ordinal))
        {
            if (await output.ReadAsync(next, cancellation) == 0)
            {
                throw new InvalidOperationException($"The hook ended before it asked: {shown}");
            }

            shown.Append(next[0]);
        }
    }

    private Process Start(string command, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string Name, string Value)[] given =
        [
            ("PATH", $"{PathOf("bin")}:{System.Environment.GetEnvironmentVariable("PATH")}"),
            ("STAND_IN", _folder.FullName),
            ("HOME", PathOf("tmp")),
            ("TMPDIR", PathOf("tmp")),
            ("CLAIMS", """{"idtyp":"user","oid":"11111111-2222-3333-4444-555555555555","name":"Zoë"}"""),
            ("REFUSED", ""),
            ("BETWEEN_TRIES", "0"),
            ("CHECKPOINT_DAYS", "1"),
            ("LOCK_CHECKPOINTS", "false"),
            ("SITE_CLI_FOLDER", PathOf("site-cli")),
            ("APP_IS_DOWN", ""),
            ("AZURE_ENV_NAME", "test"),
            ("AZURE_LOCATION", "westeurope"),
            ("AZURE_SUBSCRIPTION_ID", "the-subscription"),
            ("AZURE_RESOURCE_GROUP", "securezoom"),
            ("AZURE_KEY_VAULT_NAME", "kv-securezoom"),
            ("AZURE_AUDIT_STORAGE_NAME", "staudit"),
            ("AZURE_STATIC_WEB_APP_NAME", "stapp-securezoom"),
            .. environment,
        ];
        foreach (var (name, value) in given)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private Dictionary<string, string> Read(string folder) =>
        Directory.GetFiles(PathOf(folder)).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
}
