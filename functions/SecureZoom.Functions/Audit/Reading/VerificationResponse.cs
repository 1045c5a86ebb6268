using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The answer of <c>GET /api/audit/verification</c>.</summary>
/// <param name="Records">How many records were looked at.</param>
/// <param name="CoveredTo">The last checkpoint that agrees; null when there is none.</param>
public sealed record VerificationResponse(bool Valid, long Records, CoveredTo? CoveredTo, IReadOnlyList<TrailProblem> Problems)
{
    internal static VerificationResponse Of(TrailVerdict verdict) => new(
        verdict.Valid,
        verdict.Records,
        verdict.CoveredTo is { } checkpoint ? new CoveredTo(checkpoint.Sequence, checkpoint.SignedAt) : null,
        verdict.Problems);
}

/// <summary>Up to which record, and when, a trail is proved.</summary>
public sealed record CoveredTo(long Sequence, DateTimeOffset Time);

/// <summary>The answer of <c>GET /api/audit/checkpoints</c>: JWS in their compact form, the oldest first.</summary>
public sealed record CheckpointList(IReadOnlyList<string> Checkpoints);

/// <summary>The answer of <c>GET /api/audit/keys</c>: a JWK set (RFC 7517).</summary>
public sealed record KeySet(IReadOnlyList<PublicKey> Keys);
