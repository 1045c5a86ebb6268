using System.Diagnostics.CodeAnalysis;

/// <summary>
/// Runs inside a process before its Main, when DOTNET_STARTUP_HOOKS names this assembly (.NET looks for a type of this name, without a
/// namespace): ends the process as on SIGTERM when its standard input closes, so that it never outlives whoever started it.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime asks for this name.")]
internal static class StartupHook
{
    private const int SigTerm = 15;

    public static void Initialize()
    {
        // Whatever this process starts has an input of its own.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        new Thread(EndWithParent) { IsBackground = true }.Start();
    }

    private static void EndWithParent()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // Nothing is said there: only the end counts.
        }

        if (OperatingSystem.IsWindows() || Kill(Environment.ProcessId, SigTerm) != 0)
        {
            Environment.Exit(0);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
