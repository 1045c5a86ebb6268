using System.Text.Json;

namespace SecureZoom.Functions.Http;

/// <summary>A converter's refusal whose message may be shown to the caller.</summary>
public sealed class InvalidValueException(string message) : JsonException(message);
