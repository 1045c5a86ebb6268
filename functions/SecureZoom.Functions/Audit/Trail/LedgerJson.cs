using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>How the accounts of an origin's streams are written into its row.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyDictionary<string, StreamAccount>))]
internal sealed partial class LedgerJson : JsonSerializerContext;
