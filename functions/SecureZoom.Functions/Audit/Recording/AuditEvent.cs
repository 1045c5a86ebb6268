using System.Text.Json.Nodes;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>Something that happened, on its way to the trail.</summary>
public sealed record AuditEvent
{
    /// <summary>Names the event for ever: the same id is kept once. 32 hex digits, of which nobody can tell what is named (<see cref="EventId"/>).</summary>
    public required string Id { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When we came to know of it.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whose trail; null while only the Zoom account and the meeting are known.</summary>
    public string? Organization { get; init; }

    /// <summary>A second organisation in whose trail it belongs too, such as the owner of a meeting that a guest joins.</summary>
    public string? AlsoIn { get; init; }

    /// <summary>Names the deed in all records of it: its intent, its result, and Zoom's event of it. Random; null where there is one record.</summary>
    public string? Operation { get; init; }

    /// <summary>The Zoom account that an event came from.</summary>
    public string? AccountId { get; init; }

    /// <summary>By what else the organisation of an event of Zoom's is found; it does not reach the trail.</summary>
    public EventOwner? Whose { get; init; }

    public required AuditActor Actor { get; init; }

    /// <summary>What was done: one of <see cref="AuditActions"/> or <see cref="IdentityActions"/>; Zoom's own name for Zoom's events.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to.</summary>
    public AuditTarget? Target { get; init; }

    /// <summary>The number of the meeting that it is about.</summary>
    public string? Meeting { get; init; }

    /// <summary>One of <see cref="AuditOutcomes"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why, where there is a choice of reasons: one of <see cref="AuditReasons"/>, or Okta's own in snake_case.</summary>
    public string? Reason { get; init; }

    /// <summary>One of <see cref="AuditSources"/>.</summary>
    public required string Source { get; init; }

    public RequestClient? Client { get; init; }

    /// <summary>What else is known; never a secret, a token or a passcode.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>The span in which it was taken down (W3C <c>traceparent</c>), for operators; it does not reach the trail.</summary>
    public string? TraceParent { get; init; }
}
