using System.Text.Json.Nodes;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Tests.Audit.Log;

/// <summary>The keys that have signed the vectors.</summary>
internal static class LogKeys
{
    private static readonly JsonNode Keys = LogVectors.Notes["keys"]!;

    public static NoteSigner Log => new((string)Keys["log"]!["name"]!, LogVectors.Bytes(Keys["log"]!["seed"]));

    public static Cosigner Witness => new((string)Keys["witness"]!["name"]!, LogVectors.Bytes(Keys["witness"]!["seed"]));

    public static string Vkey(string name) => (string)Keys[name]!["vkey"]!;

    /// <summary>Of an array of names.</summary>
    public static VerifierKey[] Named(JsonNode names) => [.. names.AsArray().Select(name => Parsed(Vkey((string)name!)))];

    private static VerifierKey Parsed(string vkey) => VerifierKey.TryParse(vkey, out var key) ? key : throw new FormatException(vkey);
}
