using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit;

/// <summary>A line of an organisation's trail: an event with its place there and the sentence that a person reads.</summary>
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

    public AuditClient? Client { get; init; }

    public JsonObject? Details { get; init; }

    public string? PayloadHash { get; init; }

    public required string Sentence { get; init; }

    internal static AuditRecord Of(AuditEvent happened, string organization, long sequence, DateTimeOffset recordedAt) => new()
    {
        Sequence = sequence,
        Id = happened.Id,
        OccurredAt = happened.OccurredAt,
        RecordedAt = recordedAt,
        Organization = organization,
        Actor = happened.Actor,
        Action = happened.Action,
        Target = happened.Target,
        Meeting = happened.Meeting,
        Outcome = happened.Outcome,
        Reason = happened.Reason,
        Source = happened.Source,
        AccountId = happened.AccountId,
        Client = happened.Client,
        Details = happened.Details,
        PayloadHash = happened.PayloadHash,
        Sentence = AuditSentence.Of(happened),
    };
}
