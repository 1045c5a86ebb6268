namespace SecureZoom.Functions.Meetings;

/// <summary>The answer of <c>GET /api/meetings/{id}/status</c>.</summary>
/// <param name="Status"><c>waiting</c>, <c>started</c> or <c>ended</c>.</param>
/// <param name="Meeting">The meeting without its passcode, where that was asked for.</param>
/// <param name="Role">With the meeting: the role that a signature would have, were 1 asked for.</param>
/// <param name="Reason">With the meeting: why that role.</param>
public sealed record StatusAnswer(string Status, MeetingView? Meeting = null, int? Role = null, string? Reason = null);
