namespace SecureZoom.Functions.Docs;

/// <summary>The contract as an OpenAPI 3.1 document, as it lies in the assembly.</summary>
public sealed class OpenApi
{
    private const string Resource = "openapi.json";

    /// <summary>The document's JSON in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; } = Read(Resource);

    internal static byte[] Read(string resource)
    {
        using var stream = typeof(OpenApi).Assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
