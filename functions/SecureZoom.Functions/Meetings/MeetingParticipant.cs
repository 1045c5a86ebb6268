namespace SecureZoom.Functions.Meetings;

/// <summary>One stay of somebody in an instance of a meeting; who comes again is there again.</summary>
/// <param name="Uuid">The instance.</param>
/// <param name="StartTime">When the instance started.</param>
/// <param name="UserEmail">Zoom knows it of few people outside the host's account.</param>
/// <param name="Duration">Seconds.</param>
public sealed record MeetingParticipant(
    string? Uuid, string? StartTime, string? Name, string? UserEmail, string? JoinTime, string? LeaveTime, int? Duration, string? Status);
