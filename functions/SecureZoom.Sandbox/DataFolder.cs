namespace SecureZoom.Sandbox;

/// <summary>The folder of what a sandbox keeps, held so that no second sandbox writes into it.</summary>
internal sealed class DataFolder : IAsyncDisposable
{
    private readonly FileStream _lock;

    private DataFolder(FileStream held) => _lock = held;

    /// <exception cref="SandboxException">Another sandbox uses the folder.</exception>
    public static DataFolder Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            return new DataFolder(new FileStream(
                Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException fault)
        {
            throw new SandboxException(
                $"Another sandbox uses {path}. End it, or set SECUREZOOM_DATA to another folder (and its ports, too).", fault);
        }
    }

    public ValueTask DisposeAsync() => _lock.DisposeAsync();
}
