namespace SecureZoom.Functions.Meetings;

/// <summary>One file of a meeting's recordings: what it is, never where it can be had.</summary>
/// <param name="FileSize">Bytes.</param>
public sealed record MeetingRecording(
    string? Id, string? RecordingType, string? FileType, long? FileSize, string? RecordingStart, string? RecordingEnd, string? Status);
