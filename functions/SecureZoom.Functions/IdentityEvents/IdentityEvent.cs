using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>What a source tells of, in the trail's words.</summary>
public sealed record IdentityEvent
{
    /// <summary>The source's own name of the event.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened; null where the source does not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>One of <see cref="IdentityActions"/>.</summary>
    public required string Action { get; init; }

    public required string Outcome { get; init; }

    public string? Reason { get; init; }

    public required AuditActor Actor { get; init; }

    public RequestClient? Client { get; init; }

    public required JsonObject Details { get; init; }

    /// <summary>The address of the person that it is about: its domain says whose it is, where the source speaks for several.</summary>
    public EmailAddress? Address { get; init; }

    /// <summary>The organisation that it names; counts where the source speaks for it.</summary>
    public string? Organization { get; init; }

    /// <summary>The exact subject of the person that it is about, as their tokens have it; null where it is not known.</summary>
    public string? Subject { get; init; }

    /// <summary>What ends with it, or is over, of that person's access.</summary>
    public IReadOnlyList<(EndedAccessKind Kind, bool Ends)> Access { get; init; } = [];
}
