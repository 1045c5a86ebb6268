using static SecureZoom.Functions.Zoom.Events.ZoomEventKind;

namespace SecureZoom.Functions.Zoom.Events;

/// <summary>The events of meetings and webinars, which have the same names but for a few.</summary>
internal static class MeetingEvents
{
    /// <summary>Without their family, which is <c>meeting</c> or <c>webinar</c>.</summary>
    private static readonly ZoomEventKind[] OfBoth =
    [
        new("created", Operator, "{actor} created {object}"),
        new("updated", Operator, "{actor} changed {changes}{occurrences}{object}"),
        new("deleted", Operator, "{actor} deleted {occurrences}{object}"),
        new("recovered", Operator, "{actor} recovered {occurrences}{object}"),
        new("permanently_deleted", Operator, "{actor} deleted {occurrences}{object} for good"),
        new("started", Nobody, "{object}[ hosted by {host}] started"),
        new("ended", Nobody, "{object}[ hosted by {host}] ended"),
        new("alert", Nobody, "{object} had a problem[ ({issues})]"),
        new("participant_joined", Participant, "{actor} joined {object}"),
        new("participant_left", Participant, "{actor} left {object}"),
        new("participant_bind", Nobody, "two connections of {participant} to {object} became one"),
        new("participant_feedback", Participant, "{actor} rated {object}"),
        new("participant_role_changed", Nobody, "the role of {participant} in {object} changed[ from {old_role} to {new_role}]"),
        new("participant_data", Nobody, "Zoom gathered figures of {participant} in {object}"),
        new("participant_data_summary", Nobody, "Zoom summed up the figures of {participant} in {object}"),
        new("participant_qos", Nobody, "Zoom measured the connection of {participant} to {object}"),
        new("participant_qos_summary", Nobody, "Zoom summed up the connection of {participant} to {object}"),
        new("sharing_started", Participant, "{actor} started to share in {object}"),
        new("sharing_ended", Participant, "{actor} stopped sharing in {object}"),
        new("chat_message_sent", "sender", "{actor} sent a chat message[ to {recipient}] in {object}"),
        new("chat_message_file_sent", "sender", "{actor} sent the file[ {file_name}][ to {recipient}] in {object}"),
        new("chat_message_file_downloaded", Operator, "{actor} downloaded the file[ {file_name}] from the chat of {object}"),
        new("registration_created", "registrant", "{actor} registered for {object}"),
        new("registration_approved", Operator, "{actor} approved the registration of {registrant} for {object}"),
        new("registration_denied", Operator, "{actor} denied the registration of {registrant} for {object}"),
        new("registration_cancelled", Operator, "{actor} cancelled the registration of {registrant} for {object}"),
        new("rtms_started", Operator, "the live media of {object} began to stream to an app[, started by {operator}]"),
        new("rtms_stopped", Operator, "the live media of {object} stopped streaming to an app[, stopped by {operator}]"),
        new("rtms_interrupted", Nobody, "the stream of {object}'s live media to an app was interrupted"),
    ];

    private static readonly ZoomEventKind[] OfOne =
    [
        new("meeting.converted_to_webinar", Operator, "{actor} turned {object} into a webinar"),
        new("webinar.converted_to_meeting", Operator, "{actor} turned {object} into a meeting"),
        new("meeting.participant_jbh_joined", Participant, "{actor} joined {object} before its host"),
        new("meeting.participant_jbh_waiting", Participant, "{actor} waited for the host of {object}"),
        new("meeting.participant_jbh_waiting_left", Participant, "{actor} stopped waiting for the host of {object}"),
        new("meeting.participant_joined_waiting_room", Participant, "{actor} entered the waiting room of {object}"),
        new("meeting.participant_left_waiting_room", Participant, "{actor} left the waiting room of {object}"),
        new("meeting.participant_admitted", Nobody, "{participant} was let into {object} from the waiting room"),
        new("meeting.participant_put_in_waiting_room", Nobody, "{participant} was put into the waiting room of {object}"),
        new("meeting.participant_joined_breakout_room", Participant, "{actor} joined a breakout room of {object}"),
        new("meeting.participant_left_breakout_room", Participant, "{actor} left a breakout room of {object}"),
        new("meeting.breakout_room_sharing_started", Participant, "{actor} started to share in a breakout room of {object}"),
        new("meeting.breakout_room_sharing_ended", Participant, "{actor} stopped sharing in a breakout room of {object}"),
        new("meeting.participant_phone_callout_ringing", Nobody, "the phone of {participant} rang for {object}"),
        new("meeting.participant_phone_callout_accepted", Nobody, "a phone call to {participant} for {object} was accepted"),
        new("meeting.participant_phone_callout_rejected", Nobody, "a phone call to {participant} for {object} was rejected"),
        new("meeting.participant_phone_callout_missed", Nobody, "a phone call to {participant} for {object} was missed"),
        new("meeting.participant_room_system_callout_ringing", Nobody, "a room system rang for {object}[, called by {inviter}]"),
        new("meeting.participant_room_system_callout_accepted", Nobody, "a call to a room system for {object} was accepted[, made by {inviter}]"),
        new("meeting.participant_room_system_callout_rejected", Nobody, "a call to a room system for {object} was rejected[, made by {inviter}]"),
        new("meeting.participant_room_system_callout_missed", Nobody, "a call to a room system for {object} was missed[, made by {inviter}]"),
        new("meeting.participant_room_system_callout_failed", Nobody, "a call to a room system for {object} failed[, made by {inviter}]"),
        new("meeting.invitation_dispatched", Nobody, "an invitation of {participant} to {object} was sent"),
        new("meeting.invitation_accepted", Nobody, "an invitation of {participant} to {object} was accepted"),
        new("meeting.invitation_rejected", Nobody, "an invitation of {participant} to {object} was rejected"),
        new("meeting.invitation_timeout", Nobody, "an invitation of {participant} to {object} was not answered"),
        new("meeting.live_streaming_started", Operator, "{actor} started to stream {object} live[ to {service}]"),
        new("meeting.live_streaming_stopped", Operator, "{actor} stopped streaming {object} live[ to {service}]"),
        new("meeting.device_tested", Nobody, "the devices of {user} were tested for {object}"),
        new("meeting.risk_alert", Nobody, "{object}[ hosted by {host}] was found announced in public"),
        new("meeting.rtms_concurrency_near_limit", Nobody, "the streams of live media neared their limit"),
        new("meeting.rtms_concurrency_limited", Operator, "a stream of {object}'s live media was over the limit[, started by {operator}]"),
        new("meeting.summary_completed", Nobody, "the AI summary of {object}[ hosted by {host}] was completed"),
        new("meeting.summary_updated", Operator, "{actor} changed the AI summary of {object}"),
        new("meeting.summary_shared", Operator, "{actor} shared the AI summary of {object}[ with {share_with_users}]"),
        new("meeting.summary_trashed", Operator, "{actor} moved the AI summary of {object} to the trash"),
        new("meeting.summary_recovered", Operator, "{actor} recovered the AI summary of {object}"),
        new("meeting.summary_deleted", Operator, "{actor} deleted the AI summary of {object}"),
        new("meeting.ai_companion_started", Nobody, "AI Companion started in {object}[ hosted by {host}]"),
        new("meeting.ai_companion_stopped", Nobody, "AI Companion stopped in {object}[ hosted by {host}]"),
        new("meeting.ai_companion_assets_deleted", Nobody, "what AI Companion had made of {object} was deleted"),
        new("meeting.aic_transcript_completed", Nobody, "AI Companion's transcript of {object} was completed"),
    ];

    public static IEnumerable<ZoomEventKind> All =>
        [.. OfBoth.Select(kind => kind with { Name = $"meeting.{kind.Name}" }), .. OfBoth.Select(kind => kind with { Name = $"webinar.{kind.Name}" }), .. OfOne];
}
