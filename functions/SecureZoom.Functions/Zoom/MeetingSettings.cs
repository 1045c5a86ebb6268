namespace SecureZoom.Functions.Zoom;

/// <summary>The settings of a meeting that callers may see and choose, under Zoom's own names.</summary>
public record MeetingSettings
{
    /// <summary><c>local</c>, <c>cloud</c> or <c>none</c>.</summary>
    public string? AutoRecording { get; init; }

    public bool? WaitingRoom { get; init; }

    public bool? JoinBeforeHost { get; init; }

    /// <summary>How many minutes before the start people may join without the host: 0 (any time), 5, 10 or 15.</summary>
    public int? JbhTime { get; init; }

    public bool? MeetingAuthentication { get; init; }

    public bool? MuteUponEntry { get; init; }

    public bool? HostVideo { get; init; }

    public bool? ParticipantVideo { get; init; }

    /// <summary>Zoom users who may host instead: e-mail addresses, separated by semicolons or commas.</summary>
    public string? AlternativeHosts { get; init; }

    public bool? Watermark { get; init; }

    public bool? AllowMultipleDevices { get; init; }
}
