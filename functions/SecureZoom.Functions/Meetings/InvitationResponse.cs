namespace SecureZoom.Functions.Meetings;

/// <summary>An invitation by its id and as a token, and the page that takes it in its fragment, which no server sees.</summary>
public sealed record InvitationResponse(string Id, string Invitation, string JoinUrl, DateTimeOffset ExpiresAt)
{
    public override string ToString() => nameof(InvitationResponse);
}
