using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Takes a person out of an event that is on its way: what is recorded of it never names them.</summary>
internal static class EventEraser
{
    /// <returns>Null where the event does not name the person.</returns>
    public static AuditEvent? Without(AuditEvent auditEvent, NamedPerson person)
    {
        var record = RecordFormat.Write(auditEvent, "", auditEvent.Organization ?? "", 0, auditEvent.ReceivedAt, isNamesake: false);
        var found = PersonParts.Of(record) is { } parts ? parts.Erasable(parts.Of(person)) : [];
        var whose = Without(auditEvent.Whose, person);
        if (found.Count == 0 && whose == auditEvent.Whose)
        {
            return null;
        }

        LogRecord rest = record with { Parts = [.. record.Parts.Select((part, number) => found.Contains(number) ? part.Withhold() : part)] };
        return RecordFormat.TryRead(rest) is { } left
            ? auditEvent with
            {
                Actor = left.Actor with { Erased = null },
                Target = left.Target,
                Meeting = left.Meeting,
                Reason = left.Reason,
                Client = left.Client,
                Details = left.Details,
                Whose = whose,
            }
            : null;
    }

    private static EventOwner? Without(EventOwner? whose, NamedPerson person) => whose is null ? null : whose with
    {
        Subject = person.IsAddress(whose.Subject) ? null : whose.Subject,
        SubjectId = person.IsAddress(whose.Subject) ? null : whose.SubjectId,
        Host = person.IsAddress(whose.Host) ? null : whose.Host,
        HostId = person.IsAddress(whose.Host) ? null : whose.HostId,
        Operator = person.IsAddress(whose.Operator) ? null : whose.Operator,
    };
}
