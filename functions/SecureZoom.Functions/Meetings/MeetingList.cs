namespace SecureZoom.Functions.Meetings;

/// <summary>The answer of <c>GET /api/meetings</c>; the cursor leads to the next page, where there is one.</summary>
public sealed record MeetingList(IReadOnlyList<MeetingView> Meetings, string? Cursor);

/// <summary>The answer of <c>GET /api/meetings/{id}/recordings</c>.</summary>
public sealed record RecordingList(IReadOnlyList<MeetingRecording> Recordings);
