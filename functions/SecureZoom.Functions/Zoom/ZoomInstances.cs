namespace SecureZoom.Functions.Zoom;

/// <summary>The instances of a meeting that have ended, as Zoom answers them: all at once, of the last 15 months.</summary>
internal sealed record ZoomInstances(IReadOnlyList<ZoomInstance>? Meetings);

/// <summary>A time that a meeting was held.</summary>
/// <param name="Uuid">Names it for ever, where the meeting's number may be given again.</param>
public sealed record ZoomInstance(string? Uuid, string? StartTime);
