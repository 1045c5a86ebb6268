using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit;

/// <summary>Caps what others could make large: every field, and with them the whole.</summary>
internal static class AuditLimits
{
    /// <summary>Characters a field.</summary>
    public const int MaxText = 1024;

    /// <summary>Characters a field where the whole would not fit otherwise.</summary>
    public const int MaxTextOfMany = 128;

    private const int MaxDetails = 24 * 1024;

    public static AuditEvent Cap(AuditEvent happened, int maxText, bool withDetails)
    {
        return happened with
        {
            Actor = happened.Actor with
            {
                Issuer = Text(happened.Actor.Issuer),
                Subject = Text(happened.Actor.Subject),
                Name = Text(happened.Actor.Name),
                Email = Text(happened.Actor.Email),
                Department = Text(happened.Actor.Department),
                OrganizationName = Text(happened.Actor.OrganizationName),
            },
            Action = Text(happened.Action)!,
            Target = happened.Target is { } target ? new AuditTarget(target.Type, Text(target.Id), Text(target.Name)) : null,
            Meeting = Text(happened.Meeting),
            Client = happened.Client is { } client ? new AuditClient(Text(client.Ip), Text(client.UserAgent), Text(client.RequestId)) : null,
            Details = happened.Details is { } details && (!withDetails || details.ToJsonString().Length > MaxDetails)
                ? new JsonObject { ["omitted"] = "too_large" }
                : happened.Details,
        };

        string? Text(string? text)
        {
            if (text is null || text.Length <= maxText)
            {
                return text;
            }

            // Not through the middle of a surrogate pair.
            var end = char.IsHighSurrogate(text[maxText - 2]) ? maxText - 2 : maxText - 1;
            return $"{text[..end]}…";
        }
    }
}
