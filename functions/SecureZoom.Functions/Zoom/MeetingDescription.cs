namespace SecureZoom.Functions.Zoom;

/// <summary>What a meeting is about and when, in every shape that it takes, under Zoom's own names.</summary>
public abstract record MeetingDescription
{
    public virtual string? Topic { get; init; }

    public string? Agenda { get; init; }

    /// <summary>UTC with a <c>Z</c>, or the wall clock's time in <see cref="Timezone"/> without one.</summary>
    public string? StartTime { get; init; }

    /// <summary>Minutes.</summary>
    public int? Duration { get; init; }

    /// <summary>An IANA time zone id.</summary>
    public string? Timezone { get; init; }

    /// <summary>Of a series with fixed times.</summary>
    public MeetingRecurrence? Recurrence { get; init; }
}
