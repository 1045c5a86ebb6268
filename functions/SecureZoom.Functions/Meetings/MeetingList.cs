using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Meetings;

/// <summary>The answer of <c>GET /api/meetings</c>; the cursor leads to the next page, where there is one.</summary>
/// <param name="LookedTo">Of a search that goes on: the time up to which the list was looked through.</param>
public sealed record MeetingList(
    IReadOnlyList<MeetingView> Meetings, string? Cursor, [property: JsonPropertyName("lookedTo")] DateTimeOffset? LookedTo);

/// <summary>The answer of <c>GET /api/meetings/{id}/recordings</c>; the cursor leads to earlier instances, where there are more.</summary>
public sealed record RecordingList(IReadOnlyList<MeetingRecording> Recordings, string? Cursor);
