using System.Globalization;
using NodaTime;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>What a meeting may look like: Zoom's limits and ours, checked before Zoom is asked.</summary>
internal static class MeetingRules
{
    private const int MaxTopic = 200;
    private const int MaxAgenda = 2000;
    private const int MaxMinutes = 24 * 60;
    private const int MaxAlternativeHosts = 10;
    private const int MaxShown = 64;

    private static readonly string TopicRule = $"topic has 1 to {MaxTopic} characters.";
    private static readonly string[] StartTimeForms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss"];
    private static readonly string[] Recordings = ["local", "cloud", "none"];
    private static readonly int[] EarlyMinutes = [0, 5, 10, 15];

    /// <exception cref="RequestException">A member is out of range; the detail names it.</exception>
    /// <exception cref="StorageUnavailableException">There are alternative hosts, and which domains are the organisation's is not known.</exception>
    public static void Check(CreateMeeting meeting, Caller caller)
    {
        Require(
            meeting.Type is null or MeetingTypes.Instant or MeetingTypes.Scheduled or MeetingTypes.RecurringWithoutTimes or MeetingTypes.Recurring,
            "type is 1 (instant), 2 (scheduled), 3 (a series without fixed times) or 8 (a series with them).");
        Require(
            meeting.Type is not (MeetingTypes.Instant or MeetingTypes.RecurringWithoutTimes) || meeting.StartTime is null,
            "start_time is for scheduled meetings, and for series with fixed times.");
        Require(
            meeting.Type == MeetingTypes.Recurring == meeting.Recurrence is not null,
            "recurrence is for series with fixed times (type 8), which need it.");
        Require(meeting.Topic is not null, TopicRule);
        Check((MeetingDescription)meeting);
        Require(meeting.Host is null || EmailAddress.Parse(meeting.Host) is not null, "host is an e-mail address.");
        Check(meeting.Settings, caller);
    }

    /// <inheritdoc cref="Check(CreateMeeting, Caller)"/>
    public static void Check(UpdateMeeting change, Caller caller)
    {
        Require(change != new UpdateMeeting(), "There is nothing to change.");
        Check((MeetingDescription)change);
        Check(change.Settings, caller);
    }

    /// <summary>What Zoom lets be changed of a meeting of its type.</summary>
    /// <exception cref="RequestException">A member that the meeting has not, or that Zoom would not take; the detail names it.</exception>
    public static void CheckFor(MeetingSnapshot meeting, UpdateMeeting change, DateTimeOffset now)
    {
        Require(change.Recurrence is null || meeting.Type == MeetingTypes.Recurring, "recurrence is for series with fixed times (type 8).");
        Require(change.StartTime is null || meeting.Type != MeetingTypes.RecurringWithoutTimes, "start_time is for meetings with fixed times.");
        if (meeting.Type == MeetingTypes.Recurring && change.StartTime is not null)
        {
            Require(change.Recurrence is not null, "start_time of a series is changed together with the whole recurrence.");
            Require(MeetingTimes.StartOf(change) > now, "start_time of a series is in the future.");
        }

        if (change.Recurrence is { } recurrence)
        {
            Require(change.StartTime is not null, "recurrence of a series that is over is changed together with a start_time in the future.");
            RecurrenceRules.Check(recurrence, MeetingTimes.StartOf(change));
        }
    }

    /// <summary>What Zoom lets be changed of one occurrence.</summary>
    /// <exception cref="RequestException">A member that all occurrences share; the detail names it.</exception>
    public static void CheckForOccurrence(UpdateMeeting change)
    {
        var kept = change with { Agenda = null, StartTime = null, Duration = null, Timezone = null, Settings = null };
        Require(kept == new UpdateMeeting(), "Of one occurrence only agenda, start_time, duration and settings are changed: topic and recurrence are the series'.");
        Require(change.Timezone is null || change.StartTime is [.., not 'Z'], "timezone of one occurrence says only in which zone its start_time is.");
        var settings = change.Settings ?? new MeetingSettings();
        Require(
            settings is { AlternativeHosts: null, JbhTime: null, MeetingAuthentication: null, AllowMultipleDevices: null },
            "Of one occurrence's settings only host_video, participant_video, join_before_host, mute_upon_entry, waiting_room, watermark and auto_recording are changed.");
    }

    private static void Check(MeetingDescription meeting)
    {
        if (meeting.Topic is { } topic)
        {
            Require(!string.IsNullOrWhiteSpace(topic) && topic.Length <= MaxTopic, TopicRule);
            Require(!topic.Any(char.IsControl), "topic has no control characters.");
        }

        Require(meeting.Agenda is null or { Length: <= MaxAgenda }, $"agenda has at most {MaxAgenda} characters.");
        Require(
            meeting.StartTime is null || IsTime(meeting.StartTime),
            "start_time is like 2026-12-01T14:30:00Z, or without the Z in timezone.");
        Require(
            meeting.StartTime is null or [.., 'Z'] || meeting.Timezone is not null,
            "start_time without a Z is the wall clock's in timezone, which is missing.");
        Require(meeting.Duration is null or (>= 1 and <= MaxMinutes), $"duration is 1 to {MaxMinutes} minutes.");
        Require(
            meeting.Timezone is null || DateTimeZoneProviders.Tzdb.Ids.Contains(meeting.Timezone),
            "timezone is an IANA time zone id, such as America/New_York.");
        if (meeting.Recurrence is { } recurrence)
        {
            RecurrenceRules.Check(recurrence, MeetingTimes.StartOf(meeting));
        }
    }

    private static void Check(MeetingSettings? settings, Caller caller)
    {
        if (settings is null)
        {
            return;
        }

        Require(settings.AutoRecording is null || Recordings.Contains(settings.AutoRecording), "settings.auto_recording is local, cloud or none.");
        Require(settings.JbhTime is null || EarlyMinutes.Contains(settings.JbhTime.Value), "settings.jbh_time is 0, 5, 10 or 15.");
        var hosts = RegisteredMeeting.AlternativeHosts(settings);
        Require(hosts.Length <= MaxAlternativeHosts, $"settings.alternative_hosts has at most {MaxAlternativeHosts} addresses.");
        var stranger = hosts.FirstOrDefault(host =>
            EmailAddress.Parse(host) is not { } address || !caller.RequireEmailDomains().Contains(address.Domain));
        Require(
            stranger is null,
            $"settings.alternative_hosts has e-mail addresses in the organisation's domains, separated by semicolons or commas; {Shown(stranger)} is none.");
    }

    private static string Shown(string? text) => string.Concat((text ?? "").Where(c => c is > ' ' and <= '~').Take(MaxShown));

    private static bool IsTime(string text) =>
        DateTime.TryParseExact(text, StartTimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)
        && time.Year is >= 2000 and < 2100;

    private static void Require(bool condition, string detail)
    {
        if (!condition)
        {
            throw new RequestException(RequestError.Invalid, detail);
        }
    }
}
