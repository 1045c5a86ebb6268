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

    /// <summary>Until when it may run, where it has started: its end may never be told.</summary>
    public DateTimeOffset? RunsUntil => Snapshot.Status == MeetingRow.Started ? (StatusAt ?? ChangedAt) + MeetingTimes.LongestRun : null;

    /// <summary>The meeting as Zoom says that it is; but Zoom's events tell whether it runs, and one that has ended has, unless it is planned anew.</summary>
    public RegisteredMeeting As(MeetingSnapshot said)
    {
        var (before, after) = (MeetingTimes.StartOf(Snapshot), MeetingTimes.StartOf(said));
        var isPlannedAnew = after != before && after > (Snapshot.Status == MeetingRow.Ended ? StatusAt : RunsUntil);
        return this with { Snapshot = new MeetingSnapshot(said) with { Status = isPlannedAnew ? said.Status : Snapshot.Status ?? said.Status } };
    }

    /// <summary>
    /// The meeting as it is at a time: a series has the start and the length of the occurrence that runs or comes next, and has ended only
    /// when none comes any more; and nothing runs for ever.
    /// </summary>
    public RegisteredMeeting At(DateTimeOffset now)
    {
        var isOver = Snapshot.Status == MeetingRow.Ended || RunsUntil <= now;
        var ended = RunsUntil <= now ? RunsUntil : Snapshot.Status == MeetingRow.Started ? null : StatusAt;
        var status = isOver ? MeetingRow.Ended : Snapshot.Status;
        if (Snapshot.Type == MeetingTypes.RecurringWithoutTimes && isOver && !IsClosed)
        {
            return With(MeetingRow.Waiting, null, null);
        }

        if (PlannedOccurrence.Of(Snapshot) is not [.., var last] planned)
        {
            return With(status, null, ended);
        }

        // What has begun when the series was ended last, is over.
        var time = status == MeetingRow.Started ? StatusAt ?? now : now;
        var next = IsClosed ? null : planned.FirstOrDefault(one => one.Ends > time && !(one.Start <= ended));
        return next is not null ? With(status == MeetingRow.Ended ? MeetingRow.Waiting : status, next, null)
            : IsClosed ? With(status, planned.LastOrDefault(one => one.Start <= ended) ?? last, ended)
            : With(status, last, ended < last.Start ? last.Ends : ended);
    }

    private RegisteredMeeting With(string? status, PlannedOccurrence? occurrence, DateTimeOffset? ended) => this with
    {
        StatusAt = ended ?? StatusAt,
        Snapshot = Snapshot with
        {
            Status = status,
            StartTime = occurrence is null ? Snapshot.StartTime : MeetingTimes.Text(occurrence.Start),
            Duration = occurrence?.Occurrence.Duration ?? Snapshot.Duration,
        },
    };

    /// <summary>Whether an address is the host's or an alternative host's.</summary>
    public bool IsHost(EmailAddress email) =>
        AlternativeHosts(Snapshot.Settings).Prepend(Snapshot.HostEmail).Any(host => EmailAddress.Parse(host) == email);

    public static string[] AlternativeHosts(MeetingSettings? settings) =>
        (settings?.AlternativeHosts ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
