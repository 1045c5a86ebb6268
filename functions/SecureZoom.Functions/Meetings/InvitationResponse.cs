namespace SecureZoom.Functions.Meetings;

/// <summary>An invitation: the grant, and the page that takes it in its fragment, which no server sees.</summary>
public sealed record InvitationResponse(string Grant, string JoinUrl, DateTimeOffset ExpiresAt)
{
    public override string ToString() => nameof(InvitationResponse);
}
