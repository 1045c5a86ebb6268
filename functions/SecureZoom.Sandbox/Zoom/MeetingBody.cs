using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>The body of a create or an update, checked as Zoom checks it. Members that Zoom does not know are ignored.</summary>
internal sealed partial class MeetingBody(JsonObject body)
{
    private static readonly string[] Flags =
    [
        "waiting_room", "join_before_host", "meeting_authentication", "mute_upon_entry", "host_video",
        "participant_video", "watermark", "allow_multiple_devices", "use_pmi",
    ];

    private static readonly string[] OfOccurrence =
        ["host_video", "participant_video", "join_before_host", "mute_upon_entry", "waiting_room", "watermark", "auto_recording"];

    private readonly List<FieldError> _errors = [];

    public JsonObject Settings => body["settings"] as JsonObject ?? [];

    /// <summary>The addresses of <c>settings.alternative_hosts</c>.</summary>
    public string[] AlternativeHosts =>
        Settings["alternative_hosts"]?.GetValueKind() is JsonValueKind.String
            ? Settings["alternative_hosts"]!.GetValue<string>()
                .Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [];

    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<FieldError> Validate()
    {
        Text(body, "topic", "topic", text => text.Length <= 200, "The topic can have 200 characters at most.");
        Text(body, "agenda", "agenda", text => text.Length <= 2000, "The agenda can have 2000 characters at most.");
        Text(body, "password", "password", Passcode().IsMatch, "Only 10 characters of [a-z A-Z 0-9 @ - _ *] are allowed.");
        Text(body, "timezone", "timezone", text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _), "Unknown time zone.");
        Text(body, "start_time", "start_time", text => TryParseStart(text, TimeZoneInfo.Utc, out _), "Invalid date-time.");
        Number(body, "type", "type", [1, 2, 3, 8], "Invalid field.");
        if (body["recurrence"] is { } recurrence)
        {
            _errors.AddRange(Recurrence.Validate(recurrence));
        }
        else if (body["type"]?.ToString() == "8")
        {
            _errors.Add(new FieldError("recurrence", "A recurring meeting with fixed time needs a recurrence."));
        }

        Number(body, "duration", "duration", Enumerable.Range(1, 1440), "The duration must be 1 to 1440 minutes.");
        if (body["settings"] is { } settings and not JsonObject)
        {
            _errors.Add(new FieldError("settings", $"Invalid field: {settings.GetValueKind()}."));
        }

        foreach (var name in Flags)
        {
            if (Settings[name] is { } flag && flag.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
            {
                _errors.Add(new FieldError($"settings.{name}", "Invalid field: a boolean is expected."));
            }
        }

        Number(Settings, "jbh_time", "settings.jbh_time", [0, 5, 10, 15], "Invalid field.");
        Number(Settings, "approval_type", "settings.approval_type", [0, 1, 2], "Invalid field.");
        Text(Settings, "auto_recording", "settings.auto_recording", text => text is "local" or "cloud" or "none", "Invalid field.");
        Text(Settings, "encryption_type", "settings.encryption_type", text => text is "enhanced_encryption" or "e2ee", "Invalid field.");
        Text(Settings, "alternative_hosts", "settings.alternative_hosts", _ => true, "Invalid field.");
        return _errors;
    }

    /// <summary>The meeting after this body; what the body does not name stays.</summary>
    public ZoomMeeting ApplyTo(ZoomMeeting meeting, DateTimeOffset now)
    {
        var timezone = (string?)body["timezone"] ?? meeting.Timezone;
        var settings = meeting.Settings.DeepClone().AsObject();
        foreach (var (name, value) in Settings)
        {
            settings[name] = value?.DeepClone();
        }

        var start = StartIn(timezone);
        // The start of a series that is past already is ignored.
        var isIgnored = meeting.Occurrences.Count > 0 && start <= now;
        return Recur(
            meeting with
            {
                Topic = (string?)body["topic"] ?? meeting.Topic,
                Agenda = (string?)body["agenda"] ?? meeting.Agenda,
                Type = (int?)body["type"] ?? meeting.Type,
                Duration = (int?)body["duration"] ?? meeting.Duration,
                Password = (string?)body["password"] ?? meeting.Password,
                Timezone = timezone,
                StartTime = isIgnored ? meeting.StartTime : start ?? meeting.StartTime,
                Settings = settings,
            },
            isIgnored,
            now);
    }

    /// <summary>The occurrence after this body: only some of what it may name.</summary>
    public ZoomOccurrence ApplyTo(ZoomOccurrence occurrence, ZoomMeeting meeting)
    {
        var settings = occurrence.Settings?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in Settings.Where(setting => OfOccurrence.Contains(setting.Key)))
        {
            settings[name] = value?.DeepClone();
        }

        return occurrence with
        {
            Agenda = (string?)body["agenda"] ?? occurrence.Agenda,
            StartTime = StartIn(meeting.Timezone) ?? occurrence.StartTime,
            Duration = (int?)body["duration"] ?? occurrence.Duration,
            Settings = settings,
        };
    }

    /// <summary>Whether a series would get another start and no recurrence, which Zoom refuses.</summary>
    public bool LacksRecurrence(ZoomMeeting meeting) => meeting.Recurrence is not null && body["start_time"] is not null && body["recurrence"] is null;

    private DateTimeOffset? StartIn(string timezone) =>
        (string?)body["start_time"] is { } start && TryParseStart(start, TimeZoneInfo.FindSystemTimeZoneById(timezone), out var time) ? time : null;

    /// <summary>Another recurrence makes other occurrences, but for those that are past.</summary>
    private ZoomMeeting Recur(ZoomMeeting meeting, bool isIgnored, DateTimeOffset now)
    {
        if (meeting.Type != 8 || isIgnored || body["recurrence"] is not JsonObject recurrence)
        {
            return meeting.Type == 8 && body["duration"] is not null
                ? meeting with { Occurrences = [.. meeting.Occurrences.Select(one => one.StartTime > now ? one with { Duration = meeting.Duration } : one)] }
                : meeting;
        }

        var times = new Recurrence(recurrence).Times(meeting.StartTime, TimeZoneInfo.FindSystemTimeZoneById(meeting.Timezone));
        var kept = meeting.Occurrences.Where(one => one.StartTime <= now && !times.Contains(one.StartTime));
        return meeting with
        {
            Recurrence = recurrence.DeepClone().AsObject(),
            StartTime = times.Count > 0 ? times[0] : meeting.StartTime,
            Occurrences = [.. kept.Concat(times.Select(time => ZoomOccurrence.At(time, meeting.Duration)))],
        };
    }

    /// <summary>With a Z the time is UTC, without one it is that of the meeting's time zone.</summary>
    private static bool TryParseStart(string text, TimeZoneInfo zone, out DateTimeOffset start)
    {
        var isUtc = text.EndsWith('Z');
        var isTime = DateTime.TryParseExact(
            isUtc ? text[..^1] : text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time);
        start = isTime ? new DateTimeOffset(time, isUtc ? TimeSpan.Zero : zone.GetUtcOffset(time)).ToUniversalTime() : default;
        return isTime;
    }

    private void Text(JsonObject from, string name, string field, Func<string, bool> isValid, string message)
    {
        if (from[name] is { } value && (value.GetValueKind() is not JsonValueKind.String || !isValid(value.GetValue<string>())))
        {
            _errors.Add(new FieldError(field, message));
        }
    }

    private void Number(JsonObject from, string name, string field, IEnumerable<int> valid, string message)
    {
        if (from[name] is { } value
            && !(value is JsonValue number && number.TryGetValue<int>(out var found) && valid.Contains(found)))
        {
            _errors.Add(new FieldError(field, message));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9@\-_*]{0,10}\z")]
    private static partial Regex Passcode();
}
