using SecureZoom.Functions.Invitations;

namespace SecureZoom.Functions.Meetings;

/// <summary>The answer of <c>GET /api/meetings/{id}/invitations</c>, the oldest first.</summary>
public sealed record InvitationList(IReadOnlyList<OpenInvitation> Invitations);
