using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Writes an event as what the log commits to, and reads it again as people are shown it.</summary>
internal static class RecordFormat
{
    /// <summary>Bytes that a column takes.</summary>
    private const int MaxColumn = 64 * 1024;

    /// <param name="index">From 0.</param>
    /// <param name="isNamesake">Whether the actor goes by another person's name.</param>
    public static LogRecord Write(
        AuditEvent auditEvent, string log, string organization, long index, DateTimeOffset recordedAt, bool isNamesake)
    {
        var whole = Compose(auditEvent, log, organization, index, recordedAt, isNamesake);
        return Fits(whole) ? whole : Compose(auditEvent with { Details = CutDetails.ToEssential(auditEvent.Details) }, log, organization, index, recordedAt, isNamesake);
    }

    /// <summary>The record; null when it was not written by us.</summary>
    public static AuditRecord? TryRead(LogRecord record)
    {
        try
        {
            return Read(record);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static LogRecord Compose(
        AuditEvent auditEvent, string log, string organization, long index, DateTimeOffset recordedAt, bool isNamesake)
    {
        var (actor, parts) = (auditEvent.Actor, new TakenParts());
        var isSystem = actor.Type == AuditActorTypes.System;
        int? who = isSystem ? null : parts.Add(Person.Of(actor, auditEvent.Client, isNamesake));
        var deed = new Deed
        {
            Log = log,
            Index = index,
            Id = auditEvent.Id,
            OccurredAt = auditEvent.OccurredAt,
            RecordedAt = recordedAt,
            Organization = organization,
            Actor = new DeedActor(actor.Type, who, isSystem ? actor.Name : null, actor.OrganizationName),
            Action = auditEvent.Action,
            Outcome = auditEvent.Outcome,
            Source = auditEvent.Source,
            AccountId = auditEvent.AccountId,
            RequestId = auditEvent.Client?.RequestId,
            Operation = auditEvent.Operation,
            // Before the target, whose id may be a text of theirs, such as an extension.
            Details = auditEvent.Details is { } details ? PartsInDetails.TakeOut(details, parts) : null,
            Target = auditEvent.Target is { } target
                ? new DeedTarget(target.Type, parts.Take(ClosedMembers.Id, target.Id), parts.Take(ClosedMembers.Name, target.Name))
                : null,
            Meeting = parts.Take(ClosedMembers.Meeting, auditEvent.Meeting),
            Reason = parts.Take(ClosedMembers.Reason, auditEvent.Reason),
        };
        return LogRecord.Of(JsonSerializer.SerializeToUtf8Bytes(deed, AuditRecordJson.Default.Deed), parts.ToBytes());
    }

    /// <summary>Whether a row of a table takes it.</summary>
    private static bool Fits(LogRecord record) =>
        record.Deed.Length <= MaxColumn && record.Parts.Sum(part => part.Bytes.Length) <= MaxColumn && (record.Parts.Count + 1) * LogRecord.SaltSize <= MaxColumn;

    private static AuditRecord Read(LogRecord record)
    {
        var deed = JsonSerializer.Deserialize(record.Deed.Span, AuditRecordJson.Default.Deed) ?? throw new JsonException();
        var parts = new StoredParts(record.Parts);
        var actor = parts.PersonAt(deed.Actor.Person);
        var auditEvent = new AuditEvent
        {
            Id = deed.Id,
            OccurredAt = deed.OccurredAt,
            ReceivedAt = deed.RecordedAt,
            Actor = new AuditActor
            {
                Type = deed.Actor.Type,
                Issuer = actor?.Issuer,
                Subject = actor?.Subject,
                Name = actor?.Name ?? deed.Actor.Name,
                Email = actor?.Email,
                Department = actor?.Department,
                OrganizationName = deed.Actor.OrganizationName,
                Erased = parts.IsWithheld(deed.Actor.Person) ? true : null,
            },
            Action = deed.Action,
            Target = deed.Target is { } target ? new AuditTarget(target.Type, parts.TextOf(target.Id), parts.TextOf(target.Name)) : null,
            Meeting = parts.TextOf(deed.Meeting),
            Outcome = deed.Outcome,
            Reason = parts.TextOf(deed.Reason),
            Source = deed.Source,
            AccountId = deed.AccountId,
            Operation = deed.Operation,
            Client = Client(deed, actor),
            Details = deed.Details is { } details ? PartsInDetails.PutBack(details, parts) : null,
        };
        // Sentences say that somebody is erased; what is shown of the details has nothing there.
        var told = deed.Details is { } some && record.Parts.Any(part => part.IsWithheld)
            ? auditEvent with { Details = PartsInDetails.PutBack(some, parts, AuditText.Erased) }
            : auditEvent;
        return AuditRecord.Of(
            auditEvent, deed.Organization, deed.Index + 1, deed.RecordedAt, AuditSentence.Of(told, isNamesake: actor?.Namesake is true));
    }

    private static RequestClient? Client(Deed deed, Person? actor) =>
        (actor?.Ip ?? actor?.UserAgent ?? deed.RequestId) is null ? null : new RequestClient(actor?.Ip, actor?.UserAgent, deed.RequestId);
}
