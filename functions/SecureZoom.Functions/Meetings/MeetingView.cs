using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>A meeting as callers see it: the snapshot, and what the call adds. What else Zoom knows stays outside.</summary>
public sealed record MeetingView : MeetingSnapshot
{
    public MeetingView()
    {
    }

    public MeetingView(MeetingSnapshot snapshot)
        : base(snapshot)
    {
    }

    public required long Id { get; init; }

    public MeetingPermissions? Permissions { get; init; }

    /// <summary>The passcode; only where a call is made for it.</summary>
    public string? Password { get; init; }

    /// <summary>For the host only: it leads past us.</summary>
    public string? JoinUrl { get; init; }

    /// <summary>What the request asked for and does not get; only where one was made.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    public override string ToString() => $"Meeting {Id}";
}
