using System.Diagnostics;

namespace SecureZoom.Infra.Tests;

/// <summary>A run of the hook with stand-ins for <c>az</c> and <c>azd</c> that keep what they were given.</summary>
internal sealed class HookRun : IDisposable
{
    /// <summary>Writes down its arguments, answers questions, and keeps a secret's standard input under the secret's name.</summary>
    private const string Az =
        """
        #!/usr/bin/env bash
        printf '%s\n' "$*" >>"$STAND_IN/calls"
        case "$*" in
          'keyvault secret list'*) printf '%s' "$PRESENT" | tr ',' '\n' ;;
          'keyvault secret set'*)
            while [[ $1 != --name ]]; do shift; done
            [[ $2 != "$REFUSED" ]] || exit 1
            cat >"$STAND_IN/secrets/$2" ;;
          'role assignment create'*) echo the-assignment ;;
          *immutability-policy\ show*state*) echo "$STATE" ;;
          *immutability-policy\ show*etag*) echo the-etag ;;
        esac
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securezoom-hook-");

    internal int ExitCode { get; private set; }

    internal string Output { get; private set; } = "";

    /// <summary>One line a call, the arguments separated by spaces.</summary>
    internal string[] Calls => File.ReadAllLines(PathOf("calls"));

    internal Dictionary<string, string> Secrets =>
        Directory.GetFiles(PathOf("secrets")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);

    internal static async Task<HookRun> StartAsync(
        string typed, CancellationToken cancellation, string present = "", string state = "Unlocked", string refused = "-")
    {
        var run = new HookRun();
        Directory.CreateDirectory(run.PathOf("secrets"));
        foreach (var tool in new[] { "az", "azd" })
        {
            await File.WriteAllTextAsync(run.PathOf(tool), Az, cancellation);
            File.SetUnixFileMode(run.PathOf(tool), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo("bash", [Infra.PathOf("hooks/postprovision.sh")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{run._folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
                ["STAND_IN"] = run._folder.FullName,
                ["PRESENT"] = present,
                ["STATE"] = state,
                ["REFUSED"] = refused,
                ["AZURE_RESOURCE_GROUP"] = "securezoom",
                ["AZURE_KEY_VAULT_NAME"] = "kv-securezoom",
                ["AZURE_AUDIT_STORAGE_NAME"] = "staudit",
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(typed.AsMemory(), cancellation);
        process.StandardInput.Close();
        run.Output = await process.StandardOutput.ReadToEndAsync(cancellation) + await errors;
        await process.WaitForExitAsync(cancellation);
        run.ExitCode = process.ExitCode;
        return run;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string file) => Path.Combine(_folder.FullName, file);
}
