using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>A meeting that an organisation owns, as the registry knows it.</summary>
/// <param name="Organization">The organisation's id.</param>
/// <param name="AccountId">The Zoom account that holds it.</param>
public sealed record RegisteredMeeting(string Organization, MeetingNumber Number, string AccountId, MeetingSnapshot Snapshot)
{
    private static readonly char[] Separators = [';', ',', ' '];

    /// <summary>Whether an address is the host's or an alternative host's. Addresses compare without case, as at Zoom.</summary>
    public bool IsHost(string email) =>
        string.Equals(Snapshot.HostEmail, email, StringComparison.OrdinalIgnoreCase)
        || AlternativeHosts(Snapshot.Settings).Contains(email, StringComparer.OrdinalIgnoreCase);

    public static string[] AlternativeHosts(MeetingSettings? settings) =>
        (settings?.AlternativeHosts ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
