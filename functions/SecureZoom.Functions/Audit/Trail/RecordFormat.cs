using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Writes an event as what the log commits to, and reads it again as people are shown it.</summary>
internal static class RecordFormat
{
    private const string System = "system";

    /// <param name="index">From 0.</param>
    /// <param name="isNamesake">Whether the actor goes by another person's name.</param>
    public static LogRecord Write(
        AuditEvent auditEvent, string log, string organization, long index, DateTimeOffset recordedAt, bool isNamesake)
    {
        var (actor, people) = (auditEvent.Actor, new List<Person>());
        var isSystem = actor.Type == System;
        if (!isSystem)
        {
            people.Add(Person.Of(actor, auditEvent.Client, isNamesake));
        }

        var deed = new Deed
        {
            Log = log,
            Index = index,
            Id = auditEvent.Id,
            OccurredAt = auditEvent.OccurredAt,
            RecordedAt = recordedAt,
            Organization = organization,
            Actor = new DeedActor(actor.Type, isSystem ? null : 0, isSystem ? actor.Name : null, actor.OrganizationName),
            Action = auditEvent.Action,
            Target = auditEvent.Target,
            Meeting = auditEvent.Meeting,
            Outcome = auditEvent.Outcome,
            Reason = auditEvent.Reason,
            Source = auditEvent.Source,
            AccountId = auditEvent.AccountId,
            RequestId = auditEvent.Client?.RequestId,
            Details = auditEvent.Details is { } details ? PeopleInDetails.TakeOut(details, people) : null,
            PayloadHash = auditEvent.PayloadHash,
        };
        return LogRecord.Of(
            JsonSerializer.SerializeToUtf8Bytes(deed, AuditRecordJson.Default.Deed),
            [.. people.Select(person => (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(person, AuditRecordJson.Default.Person))]);
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

    private static AuditRecord Read(LogRecord record)
    {
        var deed = JsonSerializer.Deserialize(record.Deed.Span, AuditRecordJson.Default.Deed) ?? throw new JsonException();
        var people = record.People.Select(person => JsonSerializer.Deserialize(person.Span, AuditRecordJson.Default.Person)).ToList();
        var actor = deed.Actor.Person is { } number && number >= 0 && number < people.Count ? people[number] : null;
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
            },
            Action = deed.Action,
            Target = deed.Target,
            Meeting = deed.Meeting,
            Outcome = deed.Outcome,
            Reason = deed.Reason,
            Source = deed.Source,
            AccountId = deed.AccountId,
            Client = Client(deed, actor),
            Details = deed.Details is { } details ? PeopleInDetails.PutBack(details, people) : null,
            PayloadHash = deed.PayloadHash,
        };
        return AuditRecord.Of(
            auditEvent, deed.Organization, deed.Index + 1, deed.RecordedAt, AuditSentence.Of(auditEvent, isNamesake: actor?.Namesake is true));
    }

    private static RequestOrigin? Client(Deed deed, Person? actor) =>
        (actor?.Ip ?? actor?.UserAgent ?? deed.RequestId) is null ? null : new RequestOrigin(actor?.Ip, actor?.UserAgent, deed.RequestId);
}
