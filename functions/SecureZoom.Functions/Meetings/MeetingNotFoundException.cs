namespace SecureZoom.Functions.Meetings;

/// <summary>The caller's organisation has no such meeting: 404, whether it exists elsewhere or not.</summary>
public sealed class MeetingNotFoundException() : Exception("No such meeting in the caller's organisation.");
