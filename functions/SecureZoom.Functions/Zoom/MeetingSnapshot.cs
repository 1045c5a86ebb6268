namespace SecureZoom.Functions.Zoom;

/// <summary>What Zoom last said of a meeting and everybody of its organisation may see: no passcode, no address to join at.</summary>
public record MeetingSnapshot : MeetingDescription
{
    /// <summary>Zoom makes 50 of a series, more on request; the last of those that there are.</summary>
    private const int MostOccurrences = 100;

    public MeetingSnapshot()
    {
    }

    /// <summary>These members of a meeting, and none that it has beyond them.</summary>
    public MeetingSnapshot(MeetingSnapshot meeting)
        : base(meeting)
    {
        Uuid = meeting.Uuid;
        Type = meeting.Type;
        Status = meeting.Status;
        CreatedAt = meeting.CreatedAt;
        HostEmail = meeting.HostEmail;
        Settings = meeting.Settings;
        Occurrences = meeting.Occurrences is { Count: > MostOccurrences } many ? [.. many.TakeLast(MostOccurrences)] : meeting.Occurrences;
    }

    public string? Uuid { get; init; }

    public int? Type { get; init; }

    public string? Status { get; init; }

    public string? CreatedAt { get; init; }

    public string? HostEmail { get; init; }

    public MeetingSettings? Settings { get; init; }

    /// <summary>Of a series with fixed times, by time, the past ones too.</summary>
    public IReadOnlyList<MeetingOccurrence>? Occurrences { get; init; }
}
