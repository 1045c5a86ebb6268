using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>A time that a meeting was held.</summary>
/// <param name="Uuid">Names it for ever.</param>
/// <param name="StartTime">UTC.</param>
/// <param name="Participants">Those who were there, as Zoom lists them later; each stay by itself.</param>
internal sealed record ZoomInstance(string Uuid, DateTimeOffset StartTime, IReadOnlyList<JsonObject> Participants);
