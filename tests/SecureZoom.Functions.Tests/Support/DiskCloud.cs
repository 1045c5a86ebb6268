namespace SecureZoom.Functions.Tests.Support;

/// <summary>A cloud for one class of tests, whose storage keeps its files on disk as the sandbox's does.</summary>
public sealed class DiskCloud : IAsyncLifetime
{
    public DiskCloud() => Cloud = new() { IsShared = false, Folder = Folder };

    /// <summary>Where the files are.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("securezoom-").FullName;

    public Cloud Cloud { get; }

    public ValueTask InitializeAsync() => Cloud.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
