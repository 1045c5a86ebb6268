using System.Text.Json.Serialization;

namespace SecureZoom.Functions.Zoom;

/// <summary>One time of a series.</summary>
/// <param name="OccurrenceId">The time that it had first, in milliseconds since 1970.</param>
/// <param name="StartTime">UTC.</param>
/// <param name="Duration">Minutes.</param>
/// <param name="Status"><c>available</c> or <c>deleted</c>.</param>
public sealed record MeetingOccurrence(
    [property: JsonConverter(typeof(ZoomText))] string? OccurrenceId, string? StartTime, int? Duration, string? Status)
{
    private const string Deleted = "deleted";

    [JsonIgnore]
    public bool IsDeleted => Status == Deleted;
}
