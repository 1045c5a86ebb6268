namespace SecureZoom.Functions.Invitations;

/// <summary>An invitation that is out, as whoever manages its meeting sees it: not the token, which nobody has but whom it was given to.</summary>
/// <param name="Organization">The organisation that it is for; null when it is for a person.</param>
/// <param name="Email">The address that it is for; null when it is for an organisation.</param>
/// <param name="CreatedBy">Who made it: a name, or what the token has instead.</param>
/// <param name="LastUsedAt">When it last opened something; null until then. A few seconds late.</param>
public sealed record OpenInvitation(
    string Id, string? Organization, string? Email, string CreatedBy, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);
