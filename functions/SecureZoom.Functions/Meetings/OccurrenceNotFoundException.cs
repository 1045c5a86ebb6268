namespace SecureZoom.Functions.Meetings;

/// <summary>The meeting has no such occurrence: it was deleted, never was, or the meeting is no series with times.</summary>
internal sealed class OccurrenceNotFoundException() : Exception("The meeting has no such occurrence.");
