namespace SecureZoom.Functions.Signature;

/// <summary>What the SDK joins as, by Zoom's numbers.</summary>
public enum MeetingRole
{
    Participant = 0,
    Host = 1,
}
