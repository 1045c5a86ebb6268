using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Grants;

/// <summary>An invitation to one meeting, made out to one organisation or one person; participant only.</summary>
public sealed record Grant
{
    /// <summary>Names the grant in the trails of both organisations.</summary>
    public required string Id { get; init; }

    public required long Meeting { get; init; }

    /// <summary>The organisation that the meeting belongs to.</summary>
    public required string Owner { get; init; }

    /// <summary>The organisation that it is for; null when it is for a person.</summary>
    public string? ForOrganization { get; init; }

    /// <summary>The verified address that it is for; null when it is for an organisation.</summary>
    public string? ForEmail { get; init; }

    public string? Topic { get; init; }

    public string? StartTime { get; init; }

    public int? Duration { get; init; }

    public string? Timezone { get; init; }

    public string? Passcode { get; init; }

    public required DateTimeOffset Expires { get; init; }

    internal MeetingNumber? Number => MeetingNumber.From(Meeting);

    /// <summary>Whether it is made out to the caller.</summary>
    public bool IsFor(Caller caller) => ForOrganization is not null
        ? ForOrganization == caller.OrganizationId
        : ForEmail is not null && string.Equals(ForEmail, caller.VerifiedEmail, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"Grant {Id}";
}
