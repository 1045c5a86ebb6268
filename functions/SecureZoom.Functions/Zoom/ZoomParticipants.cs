namespace SecureZoom.Functions.Zoom;

/// <summary>A page of those who were in an instance, as Zoom answers it.</summary>
/// <param name="NextPageToken">Leads to the next page for 15 minutes; empty on the last.</param>
public sealed record ZoomParticipants(IReadOnlyList<ZoomParticipant>? Participants, string? NextPageToken);

/// <summary>One stay in an instance: who comes again is there again.</summary>
/// <param name="UserEmail">Empty for most people outside the host's account.</param>
/// <param name="Duration">Seconds.</param>
/// <param name="Status"><c>in_meeting</c> or <c>in_waiting_room</c>.</param>
public sealed record ZoomParticipant(string? Name, string? UserEmail, string? JoinTime, string? LeaveTime, int? Duration, string? Status);
