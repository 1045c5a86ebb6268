namespace SecureZoom.Functions.Meetings;

/// <summary>The body of <c>POST /api/meetings/{id}/invitations</c>: for one organisation or one e-mail address.</summary>
public sealed record InvitationRequest
{
    public string? Organization { get; init; }

    public string? Email { get; init; }

    public int? ExpiresInSeconds { get; init; }
}
