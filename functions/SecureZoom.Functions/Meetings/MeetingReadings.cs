using SecureZoom.Functions.Caching;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Meetings as Zoom has them, with their passcodes: one reading serves everybody who joins one, since Zoom takes few a second.</summary>
/// <remarks>
/// By registration, which is one organisation's alone, so that no reading serves two. One that fails serves those who wait for it, and nobody
/// after them; whoever leaves takes it from no other.
/// </remarks>
public sealed class MeetingReadings(MeetingRegistry registry, ZoomApi api, ZoomAccounts zoom, TimeProvider time)
{
    /// <summary>How old a reading may be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(30);

    /// <summary>The most readings at hand.</summary>
    internal const int Most = 1_000;

    private readonly RecentValues<string, SharedValue<ZoomMeeting>> _readings = new(Most, Age, time);

    /// <summary>The meeting as Zoom had it within <see cref="Age"/>, and since whatever is known to have changed.</summary>
    /// <exception cref="MeetingNotFoundException">Zoom has given its number to another.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    internal async Task<ZoomMeeting> GetAsync(RegisteredMeeting known, CancellationToken cancellationToken)
    {
        var account = zoom.ById(known.AccountId);
        var reading = _readings.GetOrAdd(
            known.Registration, () => new SharedValue<ZoomMeeting>(() => api.GetMeetingAsync(account, known.Number, CancellationToken.None), TimeSpan.Zero, time));
        var meeting = (await reading.GetAsync(SinceOf(known)).WaitAsync(cancellationToken)).Value;
        return LooksLike(known.Snapshot, meeting) || await IsStillAsync(known, cancellationToken)
            ? meeting
            : throw new MeetingNotFoundException(known.Number.ToString());
    }

    /// <summary>A meeting is being changed: at the end of that its reading is forgotten, also one that is on its way.</summary>
    internal IDisposable Changing(RegisteredMeeting known) => _readings.Changing(known.Registration);

    private DateTimeOffset SinceOf(RegisteredMeeting known) =>
        new[] { time.GetUtcNow() - Age, known.ChangedAt ?? default, known.PasscodeChangedAt ?? default, known.StatusAt ?? default }.Max();

    /// <summary>Another organisation's has another host: an address is of one organisation.</summary>
    private static bool LooksLike(MeetingSnapshot known, ZoomMeeting meeting) =>
        meeting.CreatedAt == known.CreatedAt && meeting.HostEmail == known.HostEmail;

    /// <summary>What was known may be some seconds old, and the number another organisation's by now.</summary>
    private async Task<bool> IsStillAsync(RegisteredMeeting known, CancellationToken cancellationToken) =>
        (await registry.FindAsync(known.Organization, known.Number, cancellationToken))?.Registration == known.Registration;
}
