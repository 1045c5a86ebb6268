using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>A meeting that an organisation owns, as the registry knows it.</summary>
/// <param name="Organization">The organisation's id.</param>
/// <param name="AccountId">The Zoom account that holds it.</param>
public sealed record RegisteredMeeting(string Organization, MeetingNumber Number, string AccountId, MeetingSnapshot Snapshot)
{
    private static readonly char[] Separators = [';', ',', ' '];

    /// <summary>
    /// Names this meeting among all that ever have its number: random, new when the number is written down again. Zoom's UUID cannot serve,
    /// since it is another after each session.
    /// </summary>
    public string Registration { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>When its passcode was changed at Zoom; null while it is the first.</summary>
    public DateTimeOffset? PasscodeChangedAt { get; init; }

    /// <summary>When Zoom was asked for what is known of it; null where nobody did.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Since when its status is known; null while it is the first.</summary>
    public DateTimeOffset? StatusAt { get; init; }

    /// <summary>Whether Zoom has it no more: by its number, Zoom may know another organisation's meeting now.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The meeting as Zoom says that it is; but Zoom's events tell whether it runs, and one that has ended has, unless it is planned anew.</summary>
    public RegisteredMeeting As(MeetingSnapshot said)
    {
        var (before, after) = (MeetingTimes.StartOf(Snapshot), MeetingTimes.StartOf(said));
        var isPlannedAnew = Snapshot.Status == MeetingRow.Ended && after != before && after > StatusAt;
        return this with { Snapshot = new MeetingSnapshot(said) with { Status = isPlannedAnew ? said.Status : Snapshot.Status ?? said.Status } };
    }

    /// <summary>Whether an address is the host's or an alternative host's.</summary>
    public bool IsHost(EmailAddress email) =>
        AlternativeHosts(Snapshot.Settings).Prepend(Snapshot.HostEmail).Any(host => EmailAddress.Parse(host) == email);

    public static string[] AlternativeHosts(MeetingSettings? settings) =>
        (settings?.AlternativeHosts ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
