using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Webhooks;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>Who did what a Zoom event tells of: the operator, the participant, or whoever else the event's kind names.</summary>
internal static class ZoomEventActor
{
    private static readonly AuditActor Nobody = new() { Type = AuditActorTypes.System, Name = "Zoom" };

    public static AuditActor Of(string name, JsonElement payload, JsonObject? details)
    {
        var by = ZoomEventTable.Of(name).By;
        return by switch
        {
            ZoomEventKind.Nobody => Nobody,
            ZoomEventKind.Operator => Operator(payload),
            _ => OfPerson(by, details),
        };
    }

    private static AuditActor Operator(JsonElement payload)
    {
        var (email, id) = (Text(payload, "operator"), Text(payload, "operator_id"));
        return (email ?? id) is null ? Nobody : new AuditActor { Type = AuditActorTypes.ZoomUser, Subject = id, Email = email };
    }

    /// <summary>A person of the object's, or of the payload's.</summary>
    private static AuditActor OfPerson(string part, JsonObject? details)
    {
        if (ZoomDetails.Person(details, part) is not { } person)
        {
            return Nobody;
        }

        return new AuditActor
        {
            Type = part == "user" ? AuditActorTypes.ZoomUser : AuditActorTypes.Participant,
            Subject = ZoomDetails.Text(person, "customer_key", "id", "user_id"),
            Name = ZoomDetails.NameOf(person),
            Email = ZoomDetails.Text(person, "email", "user_email"),
        };
    }

    private static string? Text(JsonElement payload, string name) => LenientJson.Text(payload, name) is { Length: > 0 } text ? text : null;
}
