using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>A meeting as an entry for calendars (RFC 5545), which leads to our own page. There is nothing secret in it, so reading it is not recorded.</summary>
public sealed class MeetingCalendar(MeetingRegistry registry, SiteOptions site, TimeProvider time)
{
    private const string Product = "-//SecureZoom//EN";

    /// <exception cref="AccessException">The caller may not join the organisation's meetings.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="NoStartTimeException">The meeting has no time.</exception>
    public async Task<string> GetAsync(Caller caller, MeetingNumber number, CancellationToken cancellationToken)
    {
        caller.Require(Permissions.MeetingsJoin);
        var meeting = await registry.FindAsync(caller.OrganizationId, number, cancellationToken)
            ?? throw new MeetingNotFoundException(number.ToString());
        var calendar = new Calendar { ProductId = Product, Method = CalendarMethods.Publish };
        foreach (var entry in Entries(meeting))
        {
            calendar.Events.Add(entry);
        }

        if (ZoneOf(meeting.Snapshot) is { } zone)
        {
            // The library describes a zone from a time that is past; the last of its rules go on.
            var (first, now) = (calendar.Events.Min(entry => entry.DtStart!.Value), time.GetUtcNow().UtcDateTime);
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Id, (first < now ? first : now).AddYears(-1), includeHistoricalData: false));
        }

        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private IReadOnlyList<CalendarEvent> Entries(RegisteredMeeting meeting)
    {
        CalDateTime Show(DateTimeOffset at) => ZoneOf(meeting.Snapshot) is { } zone
            ? new CalDateTime(NodaTime.Instant.FromDateTimeOffset(at).InZone(zone).ToDateTimeUnspecified(), zone.Id)
            : new CalDateTime(at.UtcDateTime);
        var series = CalendarSeries.Of(meeting.Snapshot, (start, minutes) => Entry(meeting, start, minutes), Show);
        return series.Count > 0 ? series
            : meeting.Snapshot.Occurrences is not { Count: > 0 } && MeetingTimes.StartOf(meeting.Snapshot) is { } start ? [Entry(meeting, Show(start), meeting.Snapshot.Duration)]
            : throw new NoStartTimeException();
    }

    private CalendarEvent Entry(RegisteredMeeting meeting, CalDateTime start, int? minutes)
    {
        var link = $"{site.Url.AbsoluteUri.TrimEnd('/')}/join?meeting={meeting.Number}";
        var changed = meeting.ChangedAt ?? time.GetUtcNow();
        var entry = new CalendarEvent
        {
            Uid = $"{meeting.Number}-{meeting.Registration}@{site.Url.Host}",
            DtStamp = new CalDateTime(changed.UtcDateTime),
            LastModified = new CalDateTime(changed.UtcDateTime),
            // A later reading of the meeting is never an earlier revision of the entry.
            Sequence = (int)Math.Clamp((changed - DateTimeOffset.UnixEpoch).TotalSeconds, 0, int.MaxValue),
            DtStart = start,
            Duration = Duration.FromTimeSpanExact(MeetingTimes.LengthOf(minutes)),
            Summary = Plain(meeting.Snapshot.Topic),
            Description = $"Join: {link}",
            Url = new Uri(link),
        };
        if (EmailAddress.Parse(meeting.Snapshot.HostEmail) is { } host)
        {
            entry.Organizer = new Organizer($"mailto:{host.Text}");
        }

        return entry;
    }

    /// <summary>The zone by whose wall clock the meeting is, which then is described too; null for UTC, and where it has none.</summary>
    private static NodaTime.DateTimeZone? ZoneOf(MeetingSnapshot meeting) =>
        MeetingTimes.ZoneOf(meeting) is { Id: not ("UTC" or "Etc/UTC") } zone ? zone : null;

    /// <summary>One line: a topic from elsewhere may hold anything.</summary>
    private static string Plain(string? topic) => string.Concat((topic ?? "").Select(c => char.IsControl(c) ? ' ' : c));
}
