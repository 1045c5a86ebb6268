using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Tests.Storage;

/// <summary><c>tests/vectors/operations.json</c>: what the app asks of Azure, and how often.</summary>
internal static class OperationsList
{
    private const string Vectors = "vectors/operations.json";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static JsonNode Part(string name) => JsonNode.Parse(File.ReadAllText(Vectors))![name]!;

    /// <summary>Compares a part of the list; what is shown when it differs can be put there.</summary>
    public static void AssertHas(string part, object found)
    {
        var actual = JsonSerializer.SerializeToNode(found);
        Assert.True(JsonNode.DeepEquals(Part(part), actual), $"{Vectors} should say of {part}: {actual!.ToJsonString(Indented)}");
    }
}
