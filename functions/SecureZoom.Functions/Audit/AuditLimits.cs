using System.Text;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit;

/// <summary>Caps what others could make large: every field, and the whole.</summary>
internal static class AuditLimits
{
    private const int MaxText = 1024;
    private const int MaxDetails = 24 * 1024;

    public static AuditEvent Cap(AuditEvent happened) => happened with
    {
        Actor = happened.Actor with
        {
            Issuer = Cap(happened.Actor.Issuer),
            Subject = Cap(happened.Actor.Subject),
            Name = Cap(happened.Actor.Name),
            Email = Cap(happened.Actor.Email),
            Department = Cap(happened.Actor.Department),
            OrganizationName = Cap(happened.Actor.OrganizationName),
        },
        Action = Cap(happened.Action)!,
        Target = happened.Target is { } target ? new AuditTarget(target.Type, Cap(target.Id), Cap(target.Name)) : null,
        Meeting = Cap(happened.Meeting),
        Client = happened.Client is { } client ? new AuditClient(Cap(client.Ip), Cap(client.UserAgent), Cap(client.RequestId)) : null,
        Details = Cap(happened.Details),
    };

    private static string? Cap(string? text)
    {
        if (text is null or { Length: <= MaxText })
        {
            return text;
        }

        // Not through the middle of a surrogate pair.
        var end = char.IsHighSurrogate(text[MaxText - 2]) ? MaxText - 2 : MaxText - 1;
        return $"{text[..end]}…";
    }

    private static JsonObject? Cap(JsonObject? details)
    {
        if (details is null || Encoding.UTF8.GetByteCount(details.ToJsonString()) <= MaxDetails)
        {
            return details;
        }

        return new JsonObject { ["omitted"] = "too_large" };
    }
}
