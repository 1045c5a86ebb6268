using System.Globalization;
using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>One time of a series, as the stand-in keeps it; what is null is the series'.</summary>
internal sealed record ZoomOccurrence
{
    public required string Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Minutes.</summary>
    public required int Duration { get; init; }

    public string? Agenda { get; init; }

    /// <summary>Those that differ from the series'.</summary>
    public JsonObject? Settings { get; init; }

    public bool IsDeleted { get; init; }

    public static ZoomOccurrence At(DateTimeOffset start, int duration) => new()
    {
        Id = start.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        StartTime = start,
        Duration = duration,
    };
}
