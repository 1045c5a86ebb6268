using System.Globalization;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit;

/// <summary>The sentence that a person reads in the trail.</summary>
internal static class AuditSentence
{
    public static string Of(AuditEvent happened)
    {
        var when = happened.OccurredAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return $"{Who(happened)} {What(happened)} at {when}.";
    }

    private static string Who(AuditEvent happened)
    {
        var actor = happened.Actor;
        var name = Quoted(actor.Name ?? actor.Email ?? actor.Subject) ?? "Somebody";
        var department = actor.Department is { } from ? $" from {Quoted(from)}" : "";
        var organization = actor.OrganizationName is { } of ? $" ({Quoted(of)})" : "";
        return $"{name}{department}{organization}";
    }

    private static string What(AuditEvent happened)
    {
        var topic = happened.Target?.Name is { } name ? $" {Quoted(name)}" : "";
        var meeting = happened.Meeting is { } number ? $" meeting {number}{topic}" : topic;
        return happened.Outcome switch
        {
            AuditOutcomes.Denied => $"was refused {happened.Action}{meeting} ({happened.Reason})",
            AuditOutcomes.Failure => $"could not do {happened.Action}{meeting} ({happened.Reason})",
            AuditOutcomes.Intent => $"set out to do {happened.Action}{meeting}",
            _ => $"did {happened.Action}{meeting}",
        };
    }

    private static string? Quoted(string? text) => text is null ? null : JsonValue.Create(text).ToJsonString();
}
