using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Tests.Audit.Vectors;

/// <summary>A file of <c>tests/vectors</c> that a recipe makes.</summary>
internal static class VectorFile
{
    /// <summary>Set to 1, the tests of the recipes write the files instead of comparing them.</summary>
    private const string Switch = "SECUREZOOM_WRITE_VECTORS";

    /// <summary>Of the repository, not the copy beside the tests' program.</summary>
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "vectors");

    /// <summary>Letters as they are.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Indented = new(Plain) { WriteIndented = true };

    /// <summary>The file says what its recipe says, but for what signatures have of chance.</summary>
    public static void AssertMade(string name, string content, Func<string, string> withoutChance)
    {
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(Path.Combine(Folder, name), content);
        }

        Assert.Equal(withoutChance(content), withoutChance(Read(name)));
    }

    /// <summary>As <see cref="AssertMade"/>, for one that is too long to be read: it is kept in gzip (RFC 1952).</summary>
    public static void AssertPacked(string name, string content, Func<string, string> withoutChance)
    {
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            using var packed = new GZipStream(File.Create(Path.Combine(Folder, name)), CompressionLevel.SmallestSize);
            packed.Write(Encoding.UTF8.GetBytes(content));
        }

        Assert.Equal(withoutChance(content), withoutChance(Unpack(name)));
    }

    public static string Unpack(string name)
    {
        using var unpacked = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Folder, name)), CompressionMode.Decompress));
        return unpacked.ReadToEnd();
    }

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public static string Text(JsonNode content) => $"{content.ToJsonString(Indented)}\n";
}
