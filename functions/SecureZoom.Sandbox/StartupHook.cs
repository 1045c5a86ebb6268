using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

/// <summary>
/// Runs inside the function app, before its Main (.NET looks for a type of this name, without a namespace, in the
/// assembly that DOTNET_STARTUP_HOOKS names): ends it as on SIGTERM when its standard input closes.
/// </summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime asks for this name.")]
internal static class StartupHook
{
    private const int SigTerm = 15;

    public static void Initialize() => new Thread(EndWithParent) { IsBackground = true }.Start();

    private static void EndWithParent()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // The sandbox writes nothing: only the end counts.
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
