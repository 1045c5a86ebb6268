using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Webhooks;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>
/// What of a Zoom event the trail keeps: members on the list of its family, and of families that we do not know only what names the
/// meeting. Passcodes, addresses to join at and download tokens are on no list.
/// </summary>
internal static class ZoomEventRedaction
{
    private const int MaxFiles = 50;

    private static readonly string[] Payload = ["operation", "operator_id", "scope", "time_stamp"];
    private static readonly string[] Known = ["id", "uuid", "host_id"];
    private static readonly string[] Meeting =
    [
        .. Known, "topic", "type", "agenda", "start_time", "end_time", "duration", "timezone", "issues",
    ];

    /// <summary>Those that callers may choose, and what else says how a meeting is guarded.</summary>
    private static readonly string[] Settings =
    [
        .. ZoomJson.Default.MeetingSettings.Properties.Select(property => property.Name), "approval_type", "use_pmi", "encryption_type",
    ];

    private static readonly string[] Participant =
    [
        "user_id", "user_name", "id", "participant_uuid", "email", "join_time", "leave_time", "leave_reason", "customer_key",
    ];

    private static readonly string[] Recording =
    [
        "id", "recording_type", "file_type", "file_extension", "file_size", "recording_start", "recording_end", "status",
    ];

    public static JsonObject? Of(string name, JsonElement payload)
    {
        var family = name.Split('.')[0];
        var details = Pick(payload, Payload) ?? [];
        if (family is "meeting" or "recording")
        {
            Add(details, "object", PickMeeting(LenientJson.Member(payload, "object")));
            Add(details, "old_object", PickMeeting(LenientJson.Member(payload, "old_object")));
            Add(details, "passcode_changed", PasscodeChanged(payload) ? JsonValue.Create(true) : null);
        }
        else
        {
            Add(details, "object", Pick(LenientJson.Member(payload, "object"), Known));
        }

        return details.Count > 0 ? details : null;
    }

    /// <summary>That it was is on record, never which it was or is. Zoom names what changed, and what it was before.</summary>
    private static bool PasscodeChanged(JsonElement payload) =>
        LenientJson.Member(payload, "old_object") is { ValueKind: JsonValueKind.Object } before
        && LenientJson.Text(LenientJson.Member(payload, "object"), "password") is { } now
        && now != LenientJson.Text(before, "password");

    private static JsonObject? PickMeeting(JsonElement meeting)
    {
        if (Pick(meeting, Meeting) is not { } picked)
        {
            return null;
        }

        Add(picked, "settings", Pick(LenientJson.Member(meeting, "settings"), Settings));
        Add(picked, "participant", Pick(LenientJson.Member(meeting, "participant"), Participant));
        var files = LenientJson.Member(meeting, "recording_files");
        if (files.ValueKind == JsonValueKind.Array)
        {
            Add(picked, "recording_files", new JsonArray([.. files.EnumerateArray().Take(MaxFiles).Select(file => Pick(file, Recording))]));
        }

        return picked;
    }

    private static JsonObject? Pick(JsonElement element, string[] names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var picked = new JsonObject();
        foreach (var name in names)
        {
            Add(picked, name, Scalar(LenientJson.Member(element, name)));
        }

        return picked;
    }

    private static JsonValue? Scalar(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        JsonValueKind.Number when value.TryGetInt64(out var number) => JsonValue.Create(number),
        JsonValueKind.String or JsonValueKind.Number when LenientJson.Text(value) is { Length: > 0 and <= 2048 } text => JsonValue.Create(text),
        _ => null,
    };

    private static void Add(JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }
    }
}
