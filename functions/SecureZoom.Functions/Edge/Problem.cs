using Microsoft.AspNetCore.Http;

namespace SecureZoom.Functions.Edge;

/// <summary>What an error answer says: problem details (RFC 9457) with a stable code.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, snake_case; what programs look at.</param>
/// <param name="Title">The same for every occurrence of the code.</param>
internal sealed record Problem(int Status, string Code, string Title)
{
    /// <summary>What is particular to this occurrence; never a secret, a token or Zoom's own text.</summary>
    public string? Detail { get; init; }

    /// <summary>Zoom's own code, for whoever looks it up there.</summary>
    public int? ZoomCode { get; init; }

    /// <summary>One of <see cref="Authorization.InvitationFaults"/>, for <c>invalid_invitation</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>How long to wait, for 429 and 503.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The value of <c>WWW-Authenticate</c> (RFC 6750), for 401 and 403.</summary>
    public string? Challenge { get; init; }

    public IResult ToResult() => new ProblemResult(this);
}
