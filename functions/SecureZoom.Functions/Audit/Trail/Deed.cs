using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What is recorded of an event but for the people in it, for whom numbers stand.</summary>
internal sealed record Deed
{
    /// <summary>The format's version.</summary>
    public int V { get; init; } = 1;

    /// <summary>The log's origin, and the place in it, from 0: no record can stand in another's place.</summary>
    public required string Log { get; init; }

    public required long Index { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was written down; never before the record in front of it.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public required string Organization { get; init; }

    public required DeedActor Actor { get; init; }

    public required string Action { get; init; }

    public AuditTarget? Target { get; init; }

    public string? Meeting { get; init; }

    public required string Outcome { get; init; }

    public string? Reason { get; init; }

    public required string Source { get; init; }

    public string? AccountId { get; init; }

    public string? RequestId { get; init; }

    public JsonObject? Details { get; init; }

    public string? PayloadHash { get; init; }
}

/// <summary>Who did it, without who that is.</summary>
/// <param name="Person">The number of a person, from 0; null for a system.</param>
/// <param name="Name">A system's.</param>
internal sealed record DeedActor(string Type, int? Person = null, string? Name = null, string? OrganizationName = null);
