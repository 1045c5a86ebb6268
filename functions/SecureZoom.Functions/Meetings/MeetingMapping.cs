using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>A meeting from one shape into the next: what was asked for, what Zoom is asked, what the trail keeps, what callers see.</summary>
internal static class MeetingMapping
{
    // Zoom's alphabet for passcodes, without what is easily misread.
    private const string PasscodeAlphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasscodeLength = 10;

    /// <summary>What Zoom is asked to create: the secure choice where the request makes none, and a passcode of our own.</summary>
    public static ZoomMeetingChange Change(CreateMeeting request) => new(request)
    {
        Type = request.Type ?? MeetingTypes.Scheduled,
        Password = RandomNumberGenerator.GetString(PasscodeAlphabet, PasscodeLength),
        Settings = new ZoomMeetingSettings((request.Settings ?? new MeetingSettings()) with
        {
            WaitingRoom = request.Settings?.WaitingRoom ?? true,
            JoinBeforeHost = request.Settings?.JoinBeforeHost ?? false,
        }),
    };

    public static ZoomMeetingChange Change(UpdateMeeting request) => new(request)
    {
        Settings = request.Settings is { } settings ? new ZoomMeetingSettings(settings) : null,
    };

    public static JsonObject Details(CreateMeeting request, string host)
    {
        var details = Details(request, request.Settings);
        details.Remove("topic");
        details["host"] = host;
        details["type"] = request.Type ?? MeetingTypes.Scheduled;
        return details;
    }

    public static JsonObject Details(UpdateMeeting request) => Details(request, request.Settings);

    /// <summary>A meeting as the registry knows it.</summary>
    public static MeetingView View(Caller caller, RegisteredMeeting meeting) => new(meeting.Snapshot)
    {
        Id = meeting.Number.Value,
        Permissions = new MeetingPermissions(
            MeetingPolicy.Host(caller, meeting).Allowed, MeetingPolicy.Manage(caller, meeting).Allowed),
    };

    /// <summary>A meeting as Zoom has it now.</summary>
    public static MeetingView View(Caller caller, RegisteredMeeting known, ZoomMeeting meeting)
    {
        var view = View(caller, known with { Snapshot = new MeetingSnapshot(meeting) });
        return view.Permissions!.Host ? view with { JoinUrl = meeting.JoinUrl } : view;
    }

    public static MeetingRecording Recording(ZoomRecordingFile file) => new(
        file.Id, file.RecordingType, file.FileType, file.FileSize, file.RecordingStart, file.RecordingEnd, file.Status);

    private static JsonObject Details(MeetingDescription description, MeetingSettings? settings) => new()
    {
        ["topic"] = description.Topic,
        ["start_time"] = description.StartTime,
        ["duration"] = description.Duration,
        ["timezone"] = description.Timezone,
        ["settings"] = settings is null ? null : JsonSerializer.SerializeToNode(settings, ZoomJson.Default.MeetingSettings),
    };
}
