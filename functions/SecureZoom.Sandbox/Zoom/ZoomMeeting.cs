using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>A meeting as the stand-in keeps it.</summary>
internal sealed record ZoomMeeting
{
    private const string PasscodeCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    public required long Id { get; init; }

    public required string Uuid { get; init; }

    public required string HostId { get; init; }

    public required string HostEmail { get; init; }

    public required string Topic { get; init; }

    public required string Agenda { get; init; }

    /// <summary>1 instant, 2 scheduled, 3 and 8 series without times and with them.</summary>
    public required int Type { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Minutes.</summary>
    public required int Duration { get; init; }

    public required string Timezone { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Password { get; init; }

    public required string EncryptedPassword { get; init; }

    /// <summary>For telephones and room systems.</summary>
    public required string NumericPassword { get; init; }

    public required JsonObject Settings { get; init; }

    public bool IsStarted { get; init; }

    /// <summary>Whether only its recordings are left.</summary>
    public bool IsExpired { get; init; }

    /// <summary>When it was started last.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Of a series with times: how it repeats.</summary>
    public JsonObject? Recurrence { get; init; }

    /// <summary>Of a series with times: by time.</summary>
    public IReadOnlyList<ZoomOccurrence> Occurrences { get; init; } = [];

    /// <summary>Those that have ended, the earliest first.</summary>
    public IReadOnlyList<ZoomInstance> Instances { get; init; } = [];

    /// <summary>Who is, or was, in the instance that has not ended yet.</summary>
    public IReadOnlyList<JsonObject> Participants { get; init; } = [];

    /// <summary>Zoom's <c>recording_files</c>, of all instances.</summary>
    public IReadOnlyList<JsonObject> Recordings { get; init; } = [];

    /// <summary>The instance that Zoom takes the meeting's number for.</summary>
    [JsonIgnore]
    public string LatestUuid => IsStarted || Instances.Count == 0 ? Uuid : Instances[^1].Uuid;

    public IReadOnlyList<JsonObject> RecordingsOf(string uuid) => [.. Recordings.Where(file => (string?)file["meeting_id"] == uuid)];

    /// <summary>Those who are there at the end go.</summary>
    public ZoomMeeting End(DateTimeOffset now, string nextUuid) => this with
    {
        IsStarted = false,
        Uuid = nextUuid,
        Participants = [],
        Instances = [.. Instances, new ZoomInstance(Uuid, StartedAt, [.. Participants.Select(one => ParticipantJson.Left(one, now))])],
    };

    /// <summary>The meeting that Zoom makes of an empty body.</summary>
    /// <param name="host">Whose meeting it is.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="number">Its number.</param>
    /// <param name="sequence">How many there are.</param>
    public static ZoomMeeting Blank(ZoomUser host, DateTimeOffset now, long number, int sequence) => new()
    {
        Id = number,
        Uuid = NewUuid(sequence),
        HostId = host.Id,
        HostEmail = host.Email,
        Topic = "Zoom Meeting",
        Agenda = "",
        Type = 2,
        StartTime = now,
        Duration = 60,
        Timezone = "UTC",
        CreatedAt = now,
        Password = RandomNumberGenerator.GetString(PasscodeCharacters, 6),
        EncryptedPassword = $"{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24))}.1",
        NumericPassword = RandomNumberGenerator.GetString("0123456789", 6),
        Settings = new JsonObject
        {
            ["host_video"] = false,
            ["participant_video"] = false,
            ["join_before_host"] = false,
            ["jbh_time"] = 0,
            ["mute_upon_entry"] = false,
            ["watermark"] = false,
            ["use_pmi"] = false,
            ["approval_type"] = 2,
            ["audio"] = "both",
            ["auto_recording"] = "none",
            ["alternative_hosts"] = "",
            ["waiting_room"] = false,
            ["meeting_authentication"] = false,
            ["encryption_type"] = "enhanced_encryption",
            ["allow_multiple_devices"] = true,
        },
    };

    /// <summary>An instance's UUID: some begin with a slash and some hold two, which callers must bear.</summary>
    /// <param name="sequence">Decides which; each in turn.</param>
    public static string NewUuid(int sequence)
    {
        var uuid = RandomNumberGenerator.GetBytes(16);
        (uuid[0], uuid[1], uuid[2]) = (sequence % 3) switch
        {
            1 => ((byte)0xFC, uuid[1], uuid[2]),
            2 => (uuid[0], (byte)0x0F, (byte)0xFF),
            _ => (uuid[0], uuid[1], uuid[2]),
        };
        return Convert.ToBase64String(uuid);
    }
}
