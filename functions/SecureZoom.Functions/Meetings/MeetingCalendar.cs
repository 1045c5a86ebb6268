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
        var start = MeetingTimes.StartOf(meeting.Snapshot) ?? throw new NoStartTimeException();
        var calendar = new Calendar { ProductId = Product, Method = CalendarMethods.Publish };
        calendar.Events.Add(Entry(calendar, meeting, start));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private CalendarEvent Entry(Calendar calendar, RegisteredMeeting meeting, DateTimeOffset start)
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
            DtStart = Start(calendar, meeting.Snapshot, start),
            Duration = Duration.FromTimeSpanExact(MeetingTimes.LengthOf(meeting.Snapshot)),
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

    /// <summary>By the wall clock of the meeting's zone, which then is described too; in UTC where it has none.</summary>
    private CalDateTime Start(Calendar calendar, MeetingSnapshot meeting, DateTimeOffset start)
    {
        if (MeetingTimes.ZoneOf(meeting) is not { } zone || zone.Id is "UTC" or "Etc/UTC")
        {
            return new CalDateTime(start.UtcDateTime);
        }

        var local = NodaTime.Instant.FromDateTimeOffset(start).InZone(zone).ToDateTimeUnspecified();
        // The library describes a zone from a time that is past; the last of its rules go on.
        var now = time.GetUtcNow().UtcDateTime;
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Id, (local < now ? local : now).AddYears(-1), includeHistoricalData: false));
        return new CalDateTime(local, zone.Id);
    }

    /// <summary>One line: a topic from elsewhere may hold anything.</summary>
    private static string Plain(string? topic) => string.Concat((topic ?? "").Select(c => char.IsControl(c) ? ' ' : c));
}
