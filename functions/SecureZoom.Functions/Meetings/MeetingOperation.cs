namespace SecureZoom.Functions.Meetings;

/// <summary>What we did to a meeting at Zoom, as the meeting's row keeps it: Zoom's event of it is known by it (<see cref="MeetingEchoes"/>).</summary>
/// <param name="Id">The deed's, in all its records.</param>
/// <param name="Echo">Zoom's name of the event.</param>
/// <param name="AskedAt">When Zoom was asked.</param>
/// <param name="AnsweredAt">When Zoom had done it.</param>
public sealed record MeetingOperation(string Id, string Echo, DateTimeOffset AskedAt, DateTimeOffset AnsweredAt)
{
    /// <summary>Of a create, Zoom's uuid of the meeting.</summary>
    public string? Uuid { get; init; }

    /// <summary>Of a series the one occurrence that was changed or deleted; null for all of the meeting.</summary>
    public string? OccurrenceId { get; init; }

    /// <summary>
    /// Of an update, what was asked for, by Zoom's names (<see cref="MeetingValues"/>); with the occurrences that a series has by it, and of a passcode
    /// what stands for it (<see cref="PasscodeMac"/>).
    /// </summary>
    public IReadOnlyDictionary<string, string>? Asked { get; init; }
}
