using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Makes events for tests.</summary>
internal static class Story
{
    /// <summary>An organisation that no other test uses.</summary>
    public static string NewOrganization() => $"org_{Guid.NewGuid():N}";

    public static AuditEvent Event(
        string? id = null,
        string action = "meeting.created",
        DateTimeOffset? at = null,
        AuditActor? actor = null,
        string? topic = "Planning",
        string outcome = "success",
        string? reason = null,
        string source = "app",
        JsonObject? details = null) => new()
        {
            Id = id ?? Guid.NewGuid().ToString("N"),
            OccurredAt = at ?? DateTimeOffset.UtcNow,
            ReceivedAt = at ?? DateTimeOffset.UtcNow,
            Actor = actor ?? new AuditActor { Type = "user", Name = "Alice", Department = "Marketing", OrganizationName = "Acme Corp" },
            Action = action,
            Target = new AuditTarget("meeting", "85012345678", topic),
            Meeting = "85012345678",
            Outcome = outcome,
            Reason = reason,
            Source = source,
            Details = details,
        };

    /// <summary>An event as the first of its stream, of an instance of its own.</summary>
    public static AuditEntry Entry(AuditEvent auditEvent) =>
        new(new EventNumber(Guid.NewGuid().ToString("N"), EventNumber.StreamOf(auditEvent), 1, DateTimeOffset.UtcNow), auditEvent);

    public static IReadOnlyList<AuditEvent> Events(int count) => [.. Enumerable.Range(0, count).Select(_ => Event())];
}
