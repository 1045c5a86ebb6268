using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What a record holds of a text that somebody chose, apart from the deed: it may name anybody, as "Alice Adams' Zoom Meeting" does.</summary>
/// <param name="Text">A text, or a list of those for which a record has no parts left.</param>
internal sealed record ChosenText(JsonNode Text);
