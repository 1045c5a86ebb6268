namespace SecureZoom.Functions.Audit.Recording;

/// <summary>By what the organisation of an event of Zoom's is found, where its meeting's number does not tell; it does not reach the trail.</summary>
public sealed record EventOwner
{
    /// <summary>Zoom's uuids of the meetings' instances that it is about.</summary>
    public IReadOnlyList<string> MeetingUuids { get; init; } = [];

    /// <summary>The address of whom it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>Zoom's id of the user whom it is about.</summary>
    public string? SubjectId { get; init; }

    /// <summary>The host's address.</summary>
    public string? Host { get; init; }

    /// <summary>Zoom's id of the host.</summary>
    public string? HostId { get; init; }

    /// <summary>The address of who did it.</summary>
    public string? Operator { get; init; }

    /// <summary>Zoom's id of who did it, where its address is not known.</summary>
    public string? OperatorId { get; init; }

    /// <summary>What stands for the passcode that a meeting has by it.</summary>
    public string? Passcode { get; init; }

    /// <summary>Whether it is a sub-account's, for which the account's secret signs.</summary>
    public bool IsSubAccounts { get; init; }

    /// <summary>Whether it is a matter of the Zoom account itself, for those who operate it.</summary>
    public bool IsAccounts { get; init; }
}
