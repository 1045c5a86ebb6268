namespace SecureZoom.Functions.Zoom.Events;

/// <summary>What an event is about, as its name says.</summary>
/// <param name="Noun">What the object is called.</param>
/// <param name="Rest">What of the name is left: what happened to it.</param>
/// <param name="Verb">That, as a past participle, where it is one word that we know; what stands behind the object is behind a bar.</param>
internal sealed record EventNoun(string Noun, string Rest, string? Verb)
{
    /// <summary>Names that begin so, without the bar, are about this; what happened begins at the bar. Of several the first.</summary>
    private static readonly (string Prefix, string Noun)[] Known =
    [
        ("meeting.|", "meeting"), ("webinar.|", "webinar"), ("recording.|", "meeting"), ("user.|", "user"), ("group.|", "group"),
        ("role.|", "role"), ("account.|", "account"), ("app_deauthorized|", "app"), ("app.authorization_request_|", "app"), ("bot_|", "chat app"),
        ("interactive_message_|", "chat app's message"), ("phone.|caller_", "phone call"), ("phone.|callee_", "phone call"),
        ("phone.call_element_|", "phone call element"), ("phone.call_log_|", "phone call log"), ("phone.call_history_|", "phone call history"),
        ("phone.|call_qos", "phone call"), ("phone.|blind_transfer", "phone call"), ("phone.|warm_transfer", "phone call"),
        ("phone.|transfer_", "phone call"), ("phone.|conference_", "phone call"), ("phone.|emergency_alert", "phone call"),
        ("phone.ai_call_summary_|", "AI summary of a phone call"), ("phone.|recording_completed_for", "phone recording"),
        ("phone.recording_|", "phone recording"), ("phone.|voicemail_received_for", "voicemail"), ("phone.voicemail_|", "voicemail"),
        ("phone.sms_|", "text message"), ("phone.account_settings_|", "phone configuration of the account"),
        ("phone.group_settings_|", "phone configuration of a group"), ("phone.peering_number_|", "phone number"),
        ("number_management.peering_number_|", "phone number"), ("phone.|device_registration", "phone device"),
        ("phone.|generic_device_provision", "phone device"), ("chat_channel.|member_", "chat channel"), ("chat_channel.|", "chat channel"),
        ("chat_message.|", "chat message"), ("team_chat.channel_message_|", "chat message"), ("team_chat.dm_message_|", "chat message"),
        ("team_chat.channel_|reaction_", "chat message"), ("team_chat.dm_|reaction_", "chat message"),
        ("team_chat.channel_|", "chat channel"), ("team_chat.shared_spaces_|", "chat space"), ("team_chat.bookmark_|", "chat bookmark"),
        ("team_chat.file_|", "chat file"), ("team_chat.link_|", "chat link"), ("team_chat.emoji_|", "chat emoji"),
        ("team_chat.|app_mention", "chat message"), ("team_chat.|", "chat"), ("contact_center.|engagement_", "contact center engagement"),
        ("contact_center.cx_engagement_|", "contact center engagement"), ("contact_center.legacy_engagement_|", "contact center engagement"),
        ("contact_center.call_control_|", "contact center engagement"), ("contact_center.voicemail_|", "contact center voicemail"),
        ("contact_center.|inbox_message_", "contact center inbox"), ("contact_center.task_|", "contact center task"),
        ("contact_center.queue_|", "contact center queue"), ("contact_center.team_|", "contact center team"), ("contact_center.asset_|", "contact center asset"),
        ("contact_center.recording_|", "contact center recording"),
        ("contact_center.user_|", "contact center user"), ("contact_center.business_hours_|", "contact center business hour"),
        ("contact_center.closure_|", "contact center closure set"), ("contact_center.|", "contact center"),
        ("rtms.|", "stream of live media"), ("session.|", "video session"), ("cobrowse.session_|", "co-browsing session"),
        ("node.server_|", "node server"), ("node.service_|", "node service"), ("node.zone_|", "node zone"), ("node.|", "node"),
        ("zoom_events.|", "event"), ("zoomroom.location_|", "Zoom Rooms location"), ("zoomroom.|", "Zoom Room"),
        ("workspace.reservation_|", "workspace reservation"), ("workspace.|user_", "workspace"), ("whiteboard.|", "whiteboard"),
        ("information_barriers.policy_|", "information barrier policy"), ("calendar.|", "calendar"), ("mail.|", "mailbox"),
        ("revenue_accelerator.|playlist_", "playlist"), ("revenue_accelerator.|", "conversation"), ("visitor_management.invitation_|", "visitor invitation"),
        ("visitor_management.|", "visit"), ("video_management.|", "video channel"),
        ("scheduler.scheduled_event_|", "scheduled event"), ("clinical_notes.note_|", "clinical note"),
    ];

    /// <summary>As the type of a record's target.</summary>
    public string Type => Noun.Replace(' ', '_').ToLowerInvariant();

    /// <summary>Ends of names, as participles.</summary>
    private static readonly Dictionary<string, string> Verbs = new(StringComparer.Ordinal)
    {
        ["create"] = "created",
        ["update"] = "changed",
        ["updated"] = "changed",
        ["changed"] = "changed",
        ["edit"] = "changed",
        ["delete"] = "deleted",
        ["permanently_deleted"] = "deleted| for good",
        ["trashed"] = "moved| to the trash",
        ["replied"] = "replied to",
    };

    private static readonly HashSet<string> Participles = new(
    [
        "created", "deleted", "added", "removed", "approved", "denied", "rejected", "accepted", "assigned", "unassigned", "recovered", "renamed",
        "archived", "unarchived", "published", "unpublished", "opened", "closed", "shared", "unshared", "uploaded", "downloaded", "posted", "sent",
        "received", "confirmed", "rebooted", "installed", "canceled", "cancelled", "duplicated", "starred", "unstarred", "activated", "deactivated",
        "attempted", "connected", "declined", "disconnected", "initiated", "interrupted", "moved", "queued", "requested", "reserved",
        "started", "stopped", "ended", "paused", "resumed", "completed", "locked", "unlocked", "enabled", "disabled", "registered",
    ], StringComparer.Ordinal);

    public static EventNoun Of(string name)
    {
        foreach (var (prefix, noun) in Known)
        {
            var bar = prefix.IndexOf('|', StringComparison.Ordinal);
            if (name.StartsWith(prefix.Remove(bar, 1), StringComparison.Ordinal) && name.Length >= bar)
            {
                return With(noun, name[bar..]);
            }
        }

        return FromName(name);
    }

    /// <summary>Of a family that we do not know: all but the last word says what it is about.</summary>
    private static EventNoun FromName(string name)
    {
        var words = name.Replace('.', '_').Split('_', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 1 && Participle(words[^1]) is not null)
        {
            return With(string.Join(' ', words[..^1]), words[^1]);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? With(name[..dot].Replace('_', ' '), name[(dot + 1)..]) : new EventNoun("event", "sent", null);
    }

    /// <summary>By its sound, of the words that stand here.</summary>
    public static string Article(string noun) =>
        "aeiou".Contains(char.ToLowerInvariant(noun[0]), StringComparison.Ordinal) && !noun.StartsWith("user", StringComparison.Ordinal) ? "an" : "a";

    private static EventNoun With(string noun, string rest)
    {
        // What it is about is not said twice.
        var about = $"{noun[(noun.LastIndexOf(' ') + 1)..]}_";
        var happened = rest.StartsWith(about, StringComparison.OrdinalIgnoreCase) ? rest[about.Length..] : rest;
        return new EventNoun(noun, happened.Replace('_', ' ').Replace('.', ' '), Participle(happened));
    }

    /// <summary>The end of a name as a past participle, with what stands behind the object behind a bar; null for none that we know.</summary>
    public static string? Participle(string word) => Verbs.GetValueOrDefault(word) ?? (Participles.Contains(word) ? word : null);
}
