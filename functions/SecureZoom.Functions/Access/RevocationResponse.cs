namespace SecureZoom.Functions.Access;

/// <summary>The answer of <c>POST /api/revocations</c>: tokens end with it, presence does not, so it says what is still open.</summary>
/// <param name="Id">Lifts all that the call has ended.</param>
public sealed record RevocationResponse(string Id, IReadOnlyList<OpenMeeting> Meetings, IReadOnlyList<OpenSignature> Signatures)
{
    /// <summary>True where the address has more records than were looked through: an account that is in older ones alone goes on.</summary>
    public bool? Partial { get; init; }
}

/// <summary>A meeting that runs, and is the person's.</summary>
public sealed record OpenMeeting(long Id, string? Topic);

/// <summary>A signature that has not ended.</summary>
public sealed record OpenSignature(string MeetingNumber, int Role, DateTimeOffset ExpiresAt);
