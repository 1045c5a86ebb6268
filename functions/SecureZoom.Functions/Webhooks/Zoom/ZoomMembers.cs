using System.Collections.Frozen;
using System.Text.Json;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>The members of Zoom's events that the trail keeps, by name; of all others nothing.</summary>
internal static class ZoomMembers
{
    /// <summary>Of the payload, beside the object.</summary>
    public static readonly string[] OfPayload =
    [
        "operation", "operator_id", "scope", "time_stamp", "creation_type", "operation_type", "rtms_stream_id", "meeting_uuid", "webinar_uuid",
        "session_id", "stop_reason", "concurrency_limit", "concurrency_number", "percentage", "client_id", "deauthorization_time", "app_name",
        "app_type", "app_status",
    ];

    /// <summary>Those that callers may choose, and what else says how a meeting is guarded.</summary>
    public static readonly FrozenSet<string> Settings = FrozenSet.Create(StringComparer.Ordinal,
    [
        .. ZoomJson.Default.MeetingSettings.Properties.Select(property => property.Name), "approval_type", "use_pmi", "encryption_type", "audio",
    ]);

    /// <summary>Objects and lists that are looked into.</summary>
    public static readonly FrozenSet<string> Inner = FrozenSet.Create(StringComparer.Ordinal,
    [
        "recording_files", "recording_file", "participant_audio_files", "archive_files", "occurrences", "issues", "chat_message", "chat_message_file",
        "live_streaming", "ai_companion", "deleted_assets", "meetings", "meeting_uuids", "recording_file_ids", "file_ids", "files", "file", "channel",
        "organization", "server", "service", "call_logs", "call_log_ids", "call_element_ids", "recordings", "voice_mails", "user_ids", "app",
        "whiteboard_file", "scheduled_event", "new_policy", "old_policy", "test_result", "account",
    ]);

    /// <summary>How large something is: a number, however it is written.</summary>
    public static readonly FrozenSet<string> Sizes = FrozenSet.Create(StringComparer.Ordinal, ["file_size", "total_size"]);

    /// <summary>What is kept where it says yes or no; as a text it is somebody's.</summary>
    private static readonly FrozenSet<string> Flags = FrozenSet.Create(StringComparer.Ordinal,
        ["questions", "summary", "move_to_trash", "delete_all", "edited", "deleted"]);

    private static readonly FrozenSet<string> Kept = FrozenSet.Create(StringComparer.Ordinal,
    [
        // What it is.
        "id", "uuid", "type", "status", "name", "topic", "agenda", "email", "account_name", "account_alias", "policy_name", "channel_id",
        "channel_name", "room_id", "room_name", "calendar_name", "workspace_id", "workspace_name", "location_id", "parent_location_id", "group_id",
        "group_name", "assigned_group_id", "to_group_id", "role", "role_id", "role_name", "whiteboard_id", "whiteboard_name", "whiteboard_type",
        "session_id", "session_name", "event_id", "hub_id", "event_type", "exhibitor_id", "speaker_id", "ticket_id", "ticket_role_type", "space_id",
        "space_name", "message_id", "org_id", "org_name", "playlist_id", "playlist_name", "playlist_type", "moment_id", "conversation_id",
        "comment_id", "asset_id", "asset_name", "asset_type", "team_id", "team_name", "team_role", "task_id", "task_status", "engagement_id",
        "engagement_direction", "cc_queue_id", "queue_id", "queue_name", "flow_id", "flow_name", "channel", "channel_source", "inbox_id", "inbox_name",
        "disposition_id", "disposition_name", "recording_id", "business_hour_id", "business_hour_name", "closure_set_id", "closure_set_name",
        "survey_id", "note_id", "video_id", "invitation_id", "resource_id", "acl_id", "setting_id", "subscribed_calendar_id", "history_id",
        "interaction_id", "evaluation_id", "registration_id",
        // Meetings.
        "host_id", "host_email", "meeting_id", "meeting_number", "meeting_uuid", "meeting_topic", "meeting_host_id", "meeting_host_email",
        "meeting_type", "webinar_id", "webinar_uuid", "breakout_room_uuid", "occurrence_id", "practice_session", "host_account_id",
        // When.
        "start_time", "end_time", "duration", "timezone", "time_zone", "date_time", "timestamp", "meeting_start_time", "meeting_end_time",
        "summary_start_time", "summary_end_time", "summary_created_time", "summary_last_modified_time", "duration_in_second", "complete_time",
        "expire_time", "execute_time", "created_time", "modified_time", "last_modified_time", "date_time_ms", "ringing_start_time",
        "answer_start_time", "connected_start_time", "call_start_time", "call_end_time", "create_time", "update_time", "delete_time", "join_time",
        "leave_time", "leave_reason",
        // Files.
        "recording_type", "file_type", "file_extension", "file_size", "file_name", "file_id", "attach_type", "recording_start", "recording_end",
        "recording_count", "total_size", "is_breakout_room", "individual", "size", "free_storage", "plan_storage", "plan_type", "storage_used",
        "storage_used_percentage", "storage_exceed", "auto_delete", "auto_delete_date", "on_prem",
        // Who may, from where, how.
        "client_type", "version", "login_type", "presence_status", "service", "role_type", "end_reason", "failure_reason", "reason_type", "canceler_type", "user_access",
        // Phones, devices, servers.
        "call_id", "call_log_id", "call_history_id", "call_element_id", "direction", "extension_id", "extension_number", "extension_type",
        "number", "number_type", "carrier_code", "device_id", "device_name", "device_type", "connection_type", "site_id", "site_name", "location",
        "os_image", "module", "zone", "metric", "field", "value", "threshold", "level", "severity", "target_version", "available_version", "issue",
        "component", "alert_type", "alert_kind", "current_status_name", "previous_status_name", "app_id", "app_name",
    ]);

    public static bool IsKept(string name, JsonElement value) =>
        Kept.Contains(name) || (value.ValueKind is JsonValueKind.True or JsonValueKind.False && Flags.Contains(name));

    /// <summary>Whether it is a name as Zoom's members have.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
