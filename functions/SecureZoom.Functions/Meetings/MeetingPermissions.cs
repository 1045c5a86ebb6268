namespace SecureZoom.Functions.Meetings;

/// <summary>What the caller may do with a meeting.</summary>
public sealed record MeetingPermissions(bool Host, bool Manage);
