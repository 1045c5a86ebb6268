using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The answer of <c>GET /api/audit/verification</c>.</summary>
/// <param name="Records">How many records were looked at.</param>
/// <param name="Waiting">How many records behind that checkpoint wait for the next.</param>
/// <param name="CoveredTo">The last checkpoint that agrees; null when there is none.</param>
public sealed record VerificationResponse(bool Valid, long Records, long Waiting, CoveredTo? CoveredTo, IReadOnlyList<TrailProblem> Problems)
{
    internal static VerificationResponse Of(TrailVerdict verdict) => new(
        verdict.Valid,
        verdict.Records,
        verdict.Size - (verdict.CoveredTo?.Head.Size ?? 0),
        verdict.CoveredTo is { SignedAt: { } signedAt } checkpoint ? new CoveredTo(checkpoint.Head.Size, signedAt) : null,
        verdict.Problems);
}

/// <summary>Up to which record, and when, a trail is proved.</summary>
public sealed record CoveredTo(long Sequence, DateTimeOffset Time);

/// <summary>The answer of <c>GET /api/audit/checkpoints</c>: the oldest first.</summary>
/// <param name="Cursor">Where to go on; null when these are the last.</param>
public sealed record CheckpointList(IReadOnlyList<CheckpointFile> Checkpoints, string? Cursor);

/// <summary>The answer of <c>GET /api/audit/keys</c>: a JWK set (RFC 7517), and the notes' keys as vkeys (c2sp.org/signed-note).</summary>
public sealed record KeySet(IReadOnlyList<PublicKey> Keys, IReadOnlyList<string> NoteKeys);

/// <summary>The answer of <c>GET /api/audit/consistency</c>.</summary>
/// <param name="From">The smaller tree's size.</param>
/// <param name="To">The larger tree's.</param>
/// <param name="Hashes">The path (RFC 9162 §2.1.4), base64.</param>
public sealed record ConsistencyResponse(long From, long To, IReadOnlyList<string> Hashes);
