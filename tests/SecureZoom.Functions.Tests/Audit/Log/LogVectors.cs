using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Tests.Audit.Log;

/// <summary>
/// The cases in <c>tests/vectors</c>, which the site's verifier has to agree with too. They were made by a third program: the tree's by the
/// recursive definitions of RFC 6962 §2.1 over the reference leaves of Certificate Transparency, the notes by Node's Ed25519 from the seeds
/// that stand beside them.
/// </summary>
internal static class LogVectors
{
    public static JsonNode Tree { get; } = Read("merkle.json");

    public static JsonNode Notes { get; } = Read("notes.json");

    public static TheoryData<string> NamesOf(JsonNode cases) => [.. cases.AsArray().Select(one => (string)one!["name"]!)];

    public static JsonNode Named(JsonNode cases, string name) => cases.AsArray().Single(one => (string)one!["name"]! == name)!;

    public static byte[] Bytes(JsonNode? hex) => Convert.FromHexString((string)hex!);

    public static byte[][] AllBytes(JsonNode? hexes) => [.. hexes!.AsArray().Select(Bytes)];

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", file)))!;
}
