using System.Text.Json;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>A JSON file that only its owner may read, written whole or not at all.</summary>
internal static class SecretFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="SandboxException">The file is damaged: it is never replaced, since old data may depend on it.</exception>
    public static async Task<T?> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<T>(file, Json, cancellationToken)
                ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException fault)
        {
            throw Damaged(path, fault);
        }
    }

    /// <summary>Replaces the file in one step.</summary>
    public static async Task WriteAsync<T>(string path, T content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            await using (var file = new FileStream(draft, options))
            {
                await JsonSerializer.SerializeAsync(file, content, Json, cancellationToken);
            }

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>What to say of a file that does not hold what it should.</summary>
    public static SandboxException Damaged(string path, Exception fault) => new(
        $"{path} is damaged ({fault.Message}). Put it back from a copy, or delete the sandbox's data folder to begin anew.",
        fault);
}
