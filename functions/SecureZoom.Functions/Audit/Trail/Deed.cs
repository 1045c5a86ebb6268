using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What is recorded of an event but for the people in it, and for texts that somebody chose: numbers stand for them.</summary>
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

    public DeedTarget? Target { get; init; }

    public JsonNode? Meeting { get; init; }

    public required string Outcome { get; init; }

    public JsonNode? Reason { get; init; }

    public required string Source { get; init; }

    public string? AccountId { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Names one deed in the records of its intent, its result, and Zoom's event of it.</summary>
    public string? Operation { get; init; }

    public JsonObject? Details { get; init; }
}

/// <summary>Who did it, without who that is.</summary>
/// <param name="Person">The number of a person, from 0; null for a system.</param>
/// <param name="Name">A system's.</param>
internal sealed record DeedActor(string Type, int? Person = null, string? Name = null, string? OrganizationName = null);

/// <summary>What it was done to; texts are as they are or the numbers of their parts.</summary>
internal sealed record DeedTarget(string Type, JsonNode? Id = null, JsonNode? Name = null);
