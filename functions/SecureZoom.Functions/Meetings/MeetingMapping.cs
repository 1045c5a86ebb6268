using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>A meeting from one shape into the next: what was asked for, what Zoom is asked, what the trail keeps, what callers see.</summary>
internal static class MeetingMapping
{
    // Zoom's alphabet for passcodes, without what is easily misread.
    private const string PasscodeAlphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasscodeLength = 10;

    private const string WaitingRoomWins =
        "settings.join_before_host lets nobody in while settings.waiting_room is on: the waiting room wins.";

    /// <summary>What Zoom is asked to create: the secure choice where the request makes none, and a passcode of our own.</summary>
    public static ZoomMeetingChange Change(CreateMeeting request) => new(request)
    {
        Type = request.Type ?? MeetingTypes.Scheduled,
        Password = NewPasscode(),
        Settings = new ZoomMeetingSettings((request.Settings ?? new MeetingSettings()) with
        {
            WaitingRoom = request.Settings?.WaitingRoom ?? true,
            JoinBeforeHost = request.Settings?.JoinBeforeHost ?? false,
        }),
    };

    public static string NewPasscode() => RandomNumberGenerator.GetString(PasscodeAlphabet, PasscodeLength);

    public static ZoomMeetingChange Change(UpdateMeeting request) => new(request)
    {
        Settings = request.Settings is { } settings ? new ZoomMeetingSettings(settings) : null,
    };

    /// <summary>What Zoom is asked to change of one occurrence, whose start has no zone of its own.</summary>
    public static ZoomMeetingChange ChangeOfOccurrence(UpdateMeeting request) => new(request)
    {
        StartTime = MeetingTimes.StartOf(request) is { } start ? MeetingTimes.Text(start) : null,
        Timezone = null,
        Settings = request.Settings is { } settings ? new ZoomMeetingSettings(settings) { UsePmi = null } : null,
    };

    public static JsonObject Details(CreateMeeting request, string host)
    {
        var details = Details(request, request.Settings);
        details.Remove("topic");
        details["host"] = host;
        details["type"] = request.Type ?? MeetingTypes.Scheduled;
        return details;
    }

    /// <summary>What was asked for, with the names of all of it: an agenda is long, and is on record by its name alone.</summary>
    public static JsonObject Details(UpdateMeeting request)
    {
        var details = Details(request, request.Settings);
        var asked = JsonSerializer.SerializeToNode(request, MeetingJson.Default.UpdateMeeting)!.AsObject();
        details["changed"] = new JsonArray([.. asked.OrderBy(member => member.Key == "settings").SelectMany(member => member.Value is JsonObject settings && member.Key == "settings"
            ? settings.Select(setting => $"{member.Key}.{setting.Key}")
            : [member.Key]).Select(name => JsonValue.Create(name))]);
        return details;
    }

    /// <summary>A meeting as the registry knows it.</summary>
    public static MeetingView View(Caller caller, RegisteredMeeting meeting) => new(meeting.Snapshot)
    {
        Id = meeting.Number.Value,
        Permissions = new MeetingPermissions(
            MeetingPolicy.Host(caller, meeting).Allowed, MeetingPolicy.Manage(caller, meeting).Allowed),
    };

    /// <summary>A meeting as Zoom has it now.</summary>
    public static MeetingView View(Caller caller, RegisteredMeeting known, ZoomMeeting meeting, DateTimeOffset now)
    {
        var view = View(caller, known.As(meeting).At(now));
        return view.Permissions!.Host ? view with { JoinUrl = meeting.JoinUrl } : view;
    }

    /// <summary>What an invitation tells of its meeting.</summary>
    public static MeetingView View(Invitation invitation) => new()
    {
        Id = invitation.Meeting,
        Topic = invitation.Topic,
        StartTime = invitation.StartTime,
        Duration = invitation.Duration,
        Timezone = invitation.Timezone,
        Password = invitation.Passcode,
    };

    /// <summary>A meeting as it is once Zoom has taken a change, as far as that can be told without asking.</summary>
    public static MeetingSnapshot Applied(MeetingSnapshot meeting, UpdateMeeting change)
    {
        var start = MeetingTimes.StartOf(change) is { } planned ? MeetingTimes.Text(planned) : null;
        return meeting with
        {
            Topic = change.Topic ?? meeting.Topic,
            Agenda = change.Agenda ?? meeting.Agenda,
            StartTime = start ?? meeting.StartTime,
            Duration = change.Duration ?? meeting.Duration,
            Timezone = change.Timezone ?? meeting.Timezone,
            Settings = Applied(meeting.Settings ?? new MeetingSettings(), change.Settings),
            Recurrence = change.Recurrence ?? meeting.Recurrence,
            // Only Zoom knows which these are of another recurrence.
            Occurrences = change.Recurrence is not null ? null
                : change.Duration is { } minutes ? meeting.Occurrences?.Select(one => one with { Duration = minutes }).ToList()
                : meeting.Occurrences,
        };
    }

    /// <summary>What the answer has to say of a request that does not do all that it seems to.</summary>
    public static IReadOnlyList<string>? Notes(MeetingSettings? asked, MeetingSettings? settings) =>
        (asked?.JoinBeforeHost ?? asked?.WaitingRoom) == true && settings is { JoinBeforeHost: true, WaitingRoom: true } ? [WaitingRoomWins] : null;

    public static MeetingRecording Recording(ZoomRecordingFile file) => new(
        file.Id, file.RecordingType, file.FileType, file.FileSize, file.RecordingStart, file.RecordingEnd, file.Status);

    public static MeetingParticipant Participant(ZoomInstance instance, ZoomParticipant participant) => new(
        instance.Uuid,
        instance.StartTime,
        participant.Name,
        participant.UserEmail is { Length: > 0 } email ? email : null,
        participant.JoinTime,
        participant.LeaveTime,
        participant.Duration,
        participant.Status);

    /// <summary>Settings once a change is taken.</summary>
    public static MeetingSettings Applied(MeetingSettings settings, MeetingSettings? change) => change is null ? settings : settings with
    {
        AutoRecording = change.AutoRecording ?? settings.AutoRecording,
        WaitingRoom = change.WaitingRoom ?? settings.WaitingRoom,
        JoinBeforeHost = change.JoinBeforeHost ?? settings.JoinBeforeHost,
        JbhTime = change.JbhTime ?? settings.JbhTime,
        MeetingAuthentication = change.MeetingAuthentication ?? settings.MeetingAuthentication,
        MuteUponEntry = change.MuteUponEntry ?? settings.MuteUponEntry,
        HostVideo = change.HostVideo ?? settings.HostVideo,
        ParticipantVideo = change.ParticipantVideo ?? settings.ParticipantVideo,
        AlternativeHosts = change.AlternativeHosts ?? settings.AlternativeHosts,
        Watermark = change.Watermark ?? settings.Watermark,
        AllowMultipleDevices = change.AllowMultipleDevices ?? settings.AllowMultipleDevices,
    };

    private static JsonObject Details(MeetingDescription description, MeetingSettings? settings)
    {
        var details = new JsonObject
        {
            ["topic"] = description.Topic,
            ["start_time"] = description.StartTime,
            ["duration"] = description.Duration,
            ["timezone"] = description.Timezone,
            ["settings"] = settings is null ? null : JsonSerializer.SerializeToNode(settings, ZoomJson.Default.MeetingSettings),
        };
        if (description.Recurrence is { } recurrence)
        {
            details["recurrence"] = JsonSerializer.SerializeToNode(recurrence, ZoomJson.Default.MeetingRecurrence);
        }

        return details;
    }
}
