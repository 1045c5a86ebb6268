using System.Text.Json;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Webhooks;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>Who did what a Zoom event tells of: the operator, the participant, or the meeting's host.</summary>
internal static class ZoomEventActor
{
    public static AuditActor Of(string name, JsonElement payload)
    {
        if (LenientJson.Text(payload, "operator") is { Length: > 0 } email)
        {
            return new AuditActor { Type = "zoom_user", Subject = LenientJson.Text(payload, "operator_id"), Email = email };
        }

        var meeting = LenientJson.Member(payload, "object");
        var participant = LenientJson.Member(meeting, "participant");
        if (participant.ValueKind == JsonValueKind.Object)
        {
            return new AuditActor
            {
                Type = "participant",
                Subject = LenientJson.Text(participant, "customer_key") ?? LenientJson.Text(participant, "id"),
                Name = LenientJson.Text(participant, "user_name"),
                Email = LenientJson.Text(participant, "email") is { Length: > 0 } address ? address : null,
            };
        }

        return name is "meeting.started" or "meeting.ended" && LenientJson.Text(meeting, "host_id") is { } host
            ? new AuditActor { Type = "zoom_user", Subject = host }
            : new AuditActor { Type = "system", Name = "Zoom" };
    }
}
