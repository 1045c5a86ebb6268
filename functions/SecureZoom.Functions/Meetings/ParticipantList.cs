namespace SecureZoom.Functions.Meetings;

/// <summary>The answer of <c>GET /api/meetings/{id}/participants</c>, the latest instance first.</summary>
public sealed record ParticipantList(IReadOnlyList<MeetingParticipant> Participants, string? Cursor);
