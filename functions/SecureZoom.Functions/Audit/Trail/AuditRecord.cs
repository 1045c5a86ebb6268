using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>A record of an organisation's trail as people are shown it: an event with its place there and the sentence about it.</summary>
public sealed record AuditRecord
{
    /// <summary>The place in the organisation's trail: 1, 2, 3, ... without a gap.</summary>
    public required long Sequence { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was written down; never before the record in front of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public required string Organization { get; init; }

    public required AuditActor Actor { get; init; }

    public required string Action { get; init; }

    public AuditTarget? Target { get; init; }

    public string? Meeting { get; init; }

    public required string Outcome { get; init; }

    public string? Reason { get; init; }

    public required string Source { get; init; }

    public string? AccountId { get; init; }

    public string? Operation { get; init; }

    public RequestClient? Client { get; init; }

    public JsonObject? Details { get; init; }

    /// <summary>The records on whose authority parts of this one are erased; null where none is.</summary>
    public IReadOnlyList<long>? ErasedBy { get; init; }

    public required string Sentence { get; init; }

    /// <summary>False for what is shown in the place of a record that is none of ours.</summary>
    internal bool IsReadable => Id.Length > 0;

    /// <summary>What is shown in the place of a record that is none of ours.</summary>
    internal static AuditRecord Unreadable(string organization, long sequence) => new()
    {
        Sequence = sequence,
        Id = "",
        OccurredAt = DateTimeOffset.UnixEpoch,
        RecordedAt = DateTimeOffset.UnixEpoch,
        Organization = organization,
        Actor = new AuditActor { Type = AuditActorTypes.Unknown },
        Action = AuditActions.RecordUnreadable,
        Outcome = AuditOutcomes.Failure,
        Source = AuditSources.App,
        Sentence = "This record cannot be read: it is not as it was written.",
    };

    internal static AuditRecord Of(AuditEvent auditEvent, string organization, long sequence, DateTimeOffset recordedAt, string sentence) => new()
    {
        Sequence = sequence,
        Id = auditEvent.Id,
        OccurredAt = auditEvent.OccurredAt,
        RecordedAt = recordedAt,
        Organization = organization,
        Actor = auditEvent.Actor,
        Action = auditEvent.Action,
        Target = auditEvent.Target,
        Meeting = auditEvent.Meeting,
        Outcome = auditEvent.Outcome,
        Reason = auditEvent.Reason,
        Source = auditEvent.Source,
        AccountId = auditEvent.AccountId,
        Operation = auditEvent.Operation,
        Client = auditEvent.Client,
        Details = auditEvent.Details,
        Sentence = sentence,
    };
}
