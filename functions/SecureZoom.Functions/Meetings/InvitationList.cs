using SecureZoom.Functions.Invitations;

namespace SecureZoom.Functions.Meetings;

/// <summary>The answer of <c>GET /api/meetings/{id}/invitations</c>, the oldest first.</summary>
/// <param name="Organizations">The organisations that the meeting's own has invited to any meeting; null unless they were asked for.</param>
public sealed record InvitationList(IReadOnlyList<OpenInvitation> Invitations, IReadOnlyList<string>? Organizations = null);
