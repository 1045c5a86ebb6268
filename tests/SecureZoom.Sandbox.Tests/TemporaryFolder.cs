namespace SecureZoom.Sandbox.Tests;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("securezoom-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public static void AssertForOwnerOnly(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
