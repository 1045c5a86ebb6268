using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Invitations;

/// <summary>An invitation to one meeting, made out to one organisation or one person; participant only.</summary>
public sealed record Invitation
{
    /// <summary>Names the invitation in the trails of both organisations.</summary>
    public required string Id { get; init; }

    public required long Meeting { get; init; }

    /// <summary>The meeting's registration: the same number given again is another meeting.</summary>
    public required string Registration { get; init; }

    /// <summary>The organisation that the meeting belongs to.</summary>
    public required string Owner { get; init; }

    /// <summary>The Zoom account that the meeting is in, which signs for it; null in one of before this was written down: the owner's of now.</summary>
    public string? AccountId { get; init; }

    /// <summary>The organisation that it is for; null when it is for a person.</summary>
    public string? ForOrganization { get; init; }

    /// <summary>The verified address that it is for; null when it is for an organisation.</summary>
    public string? ForEmail { get; init; }

    /// <summary>The organisation that owned that address's domain when the invitation was made; null when nobody was known to.</summary>
    public string? ForEmailOf { get; init; }

    public string? Topic { get; init; }

    public string? StartTime { get; init; }

    public int? Duration { get; init; }

    public string? Timezone { get; init; }

    public string? Passcode { get; init; }

    /// <summary>Before Zoom was asked for the passcode: one that is changed later voids it.</summary>
    public required DateTimeOffset Issued { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>Whether it is made out to the caller.</summary>
    /// <exception cref="Storage.StorageUnavailableException">It is made out to their address, which is not known to count.</exception>
    public bool IsFor(Caller caller) => ForOrganization is not null
        ? ForOrganization == caller.Organization?.Id
        : EmailAddress.Parse(ForEmail) is { } email && caller.HasEmail(email) && (ForEmailOf is null || ForEmailOf == caller.Organization?.Id);

    public override string ToString() => $"Invitation {Id}";
}
