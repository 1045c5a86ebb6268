using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification.Log;

namespace SecureZoom.Benchmarks;

/// <summary>Events as joins leave them.</summary>
internal static class Events
{
    public const string Log = "audit.example/4f0c1d";

    private const string Organization = "org_acme";

    private static readonly DateTimeOffset Start = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public static AuditEntry Entry(int index) => new(
        new EventNumber("0123456789abcdef0123456789abcdef", Organization, index + 1, Start),
        new AuditEvent
        {
            Id = $"{index:x32}",
            OccurredAt = Start.AddSeconds(index),
            ReceivedAt = Start.AddSeconds(index),
            Organization = Organization,
            Actor = new AuditActor
            {
                Type = AuditActorTypes.User,
                Issuer = "https://tenant.example/",
                Subject = "auth0|0123456789abcdef01234567",
                Name = "Alice Example",
                Email = "alice@acme.test",
                Department = "Marketing",
                OrganizationName = "Acme Corp",
            },
            Action = AuditActions.SignatureIssued,
            Target = new AuditTarget("meeting", "85012345678", "Planning"),
            Meeting = "85012345678",
            Outcome = AuditOutcomes.Success,
            Reason = AuditReasons.Member,
            Source = AuditSources.App,
            Details = new JsonObject
            {
                ["role"] = 0,
                ["requestedRole"] = 0,
                ["expiresAt"] = Start.AddHours(2),
                ["customerKey"] = "0123456789abcdef0123456789abcdef",
                ["passcode"] = true,
            },
        });

    public static LogRecord Record(AuditEvent auditEvent, int index) =>
        RecordFormat.Write(auditEvent, Log, Organization, index, Start.AddSeconds(index), isNamesake: false);
}
