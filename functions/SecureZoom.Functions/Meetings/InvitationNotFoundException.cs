namespace SecureZoom.Functions.Meetings;

/// <summary>No such invitation to this meeting is out: it was withdrawn, has ended, or never was.</summary>
internal sealed class InvitationNotFoundException() : Exception("No such invitation is out.");
