using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Zoom;

/// <summary>A meeting's recordings as Zoom answers them, without its download addresses and tokens.</summary>
internal sealed record ZoomRecordings(IReadOnlyList<ZoomRecordingFile>? RecordingFiles);

/// <summary>One file of a recording.</summary>
public sealed record ZoomRecordingFile(
    string? Id, string? RecordingType, string? FileType, [property: JsonConverter(typeof(ZoomSize))] long? FileSize, string? RecordingStart, string? RecordingEnd, string? Status);
