namespace SecureZoom.Functions.Meetings;

/// <summary>The meeting has no time that a calendar could hold.</summary>
internal sealed class NoStartTimeException() : Exception("The meeting has no start.");
