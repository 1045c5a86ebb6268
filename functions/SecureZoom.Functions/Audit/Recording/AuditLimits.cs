using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>Caps what others could make large: every field, and with them the whole.</summary>
internal static class AuditLimits
{
    /// <summary>Characters a field.</summary>
    public const int MaxText = 1024;

    /// <summary>Characters a field where the whole would not fit otherwise.</summary>
    public const int MaxTextOfMany = 128;

    /// <summary>Characters of what somebody typed for a meeting's number.</summary>
    public const int MaxTyped = 40;

    private const int MaxDetails = 24 * 1024;

    /// <param name="withDetails">Whether all of the details that fits is kept; else only what consequences go by.</param>
    public static AuditEvent Cap(AuditEvent auditEvent, int maxText, bool withDetails)
    {
        return auditEvent with
        {
            Actor = auditEvent.Actor with
            {
                Issuer = Text(auditEvent.Actor.Issuer),
                Subject = Text(auditEvent.Actor.Subject),
                Name = Text(auditEvent.Actor.Name),
                Email = Text(auditEvent.Actor.Email),
                Department = Text(auditEvent.Actor.Department),
                OrganizationName = Text(auditEvent.Actor.OrganizationName),
            },
            Action = Text(auditEvent.Action)!,
            Target = auditEvent.Target is { } target ? new AuditTarget(target.Type, Text(target.Id), Text(target.Name)) : null,
            Meeting = Text(auditEvent.Meeting),
            Client = auditEvent.Client is { } client ? new RequestClient(Text(client.Ip), Text(client.UserAgent), Text(client.RequestId)) : null,
            Details = auditEvent.Details is not { } details ? null : withDetails ? CutDetails.To(MaxDetails, details) : CutDetails.ToEssential(details),
        };

        string? Text(string? text) => text is null ? null : Cut(text, maxText);
    }

    /// <summary>A text that is no longer than so many characters, with a sign of what was cut.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Not through the middle of a surrogate pair.
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return $"{text[..end]}…";
    }
}
