using System.Collections.Frozen;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// The members of a record whose texts nobody words: ids, times, vocabularies, numbers. They stay in the deed. Every other text may name
/// somebody, and is a part of its own, so that what is new is apart from the deed until it is listed here.
/// </summary>
internal static class ClosedMembers
{
    public const string Meeting = "meeting";
    public const string Reason = "reason";
    public const string Id = "id";
    public const string Name = "name";

    private const int MaxText = 128;

    /// <summary>A meeting's number, which callers type.</summary>
    private static readonly FrozenSet<string> Meetings = FrozenSet.Create(StringComparer.Ordinal, [Meeting, "meetings", "meeting_number"]);

    private static readonly FrozenSet<string> Plain = FrozenSet.Create(StringComparer.Ordinal,
    [
        // Of what is done here.
        "function", "format", "from", "to", "organization", "invitation", "expiresAt", "origin", "stream", "noticedAt", "omitted", "changed",
        // Whose access ends: of which kind, whose tokens, where, when. The person is a part.
        "kind", "issuer", "reach", "at",
        // Which: ids of things. Those of people are people, or on no list.
        Id, "uuid", "meeting_id", "meeting_uuid", "meeting_uuids", "webinar_id", "webinar_uuid", "breakout_room_uuid",
        "occurrence_id", "session_id", "host_account_id", "channel_id", "room_id", "workspace_id", "location_id", "parent_location_id", "group_id",
        "assigned_group_id", "to_group_id", "role_id", "whiteboard_id", "event_id", "hub_id", "ticket_id", "space_id", "message_id", "org_id",
        "playlist_id", "moment_id", "conversation_id", "comment_id", "asset_id", "team_id", "task_id", "engagement_id", "cc_queue_id", "queue_id",
        "flow_id", "inbox_id", "disposition_id", "recording_id", "recording_file_ids", "business_hour_id", "closure_set_id", "survey_id", "note_id",
        "video_id", "invitation_id", "resource_id", "acl_id", "setting_id", "subscribed_calendar_id", "history_id", "interaction_id",
        "evaluation_id", "registration_id", "file_id", "file_ids", "call_id", "call_log_id", "call_log_ids", "call_history_id", "call_element_id",
        "call_element_ids", "device_id", "site_id", "app_id", "client_id", "rtms_stream_id",
        // When.
        "start_time", "end_time", "duration", "timezone", "time_zone", "date_time", "date_time_ms", "timestamp", "time_stamp", "event_ts",
        "meeting_start_time", "meeting_end_time", "summary_start_time", "summary_end_time", "summary_created_time", "summary_last_modified_time",
        "duration_in_second", "complete_time", "expire_time", "execute_time", "created_time", "modified_time", "last_modified_time",
        "ringing_start_time", "answer_start_time", "connected_start_time", "call_start_time", "call_end_time", "create_time", "update_time",
        "delete_time", "join_time", "leave_time", "recording_start", "recording_end", "auto_delete_date", "deauthorization_time",
        // Of which kind: Zoom's vocabularies, and versions.
        "type", "status", "operation", "operation_type", "creation_type", "scope", "stop_reason", "reason_type", "canceler_type", "old_role",
        "new_role", "role_type", "team_role", "ticket_role_type", "meeting_type", "event_type", "whiteboard_type", "playlist_type", "asset_type",
        "task_status", "engagement_direction", "channel_source", "recording_type", "file_type", "file_extension", "attach_type", "plan_type",
        "client_type", "version", "target_version", "available_version", "login_type", "presence_status", "user_access", "direction",
        "extension_type", "number_type", "carrier_code", "device_type", "connection_type", "module", "metric", "level", "severity", "component",
        "alert_type", "alert_kind", "app_type", "app_status", "auto_recording", "approval_type", "use_pmi", "encryption_type", "audio",
        // How much.
        "file_size", "total_size", "size", "free_storage", "plan_storage", "storage_used", "storage_used_percentage", "storage_exceed",
        "recording_count", "concurrency_limit", "concurrency_number", "percentage", "threshold",
    ]);

    /// <summary>All that are listed by name.</summary>
    public static IReadOnlyCollection<string> All => Plain;

    /// <summary>Whether a text stays in the deed. A listed member that holds words all the same is not what it is listed as.</summary>
    public static bool Keep(string name, string text) => text.Length == 0
        || (Meetings.Contains(name) ? IsMeetingNumber(text) : name == Reason ? IsCode(text) : Plain.Contains(name) && IsPlain(text));

    private static bool IsMeetingNumber(string text) => text.Length is >= 9 and <= 11 && text.All(char.IsAsciiDigit);

    private static bool IsCode(string text) => text.Length <= MaxText && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>Neither words nor an address: letters of ASCII, digits, and what times, time zones, base64, media types and "everywhere" have.</summary>
    private static bool IsPlain(string text) =>
        text.Length <= MaxText && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/' or '+' or '=' or '*');
}
