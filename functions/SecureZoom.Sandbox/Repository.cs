namespace SecureZoom.Sandbox;

/// <summary>The working copy that the sandbox was built from.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution, from wherever the sandbox or a test runs.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SecureZoom.Functions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new SandboxException("The sandbox runs inside its repository only: SecureZoom.Functions.sln was not found above it.");
    }
}
