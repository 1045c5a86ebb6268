using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The answer of <c>GET /api/audit/verification</c>.</summary>
/// <param name="Records">How many records were looked at.</param>
/// <param name="Waiting">How many records behind that checkpoint wait for the next.</param>
/// <param name="Forgotten">Of how many records parts are erased.</param>
/// <param name="Erasures">The records on whose authority; null where nothing is erased.</param>
/// <param name="Cut">Up to which record those in front were let go, and by which; null where none were.</param>
/// <param name="CoveredTo">The last checkpoint that agrees; null when there is none.</param>
/// <param name="Witnesses">What each witness of the settings has seen; null where they name none.</param>
public sealed record VerificationResponse(
    bool Valid,
    long Records,
    long Waiting,
    long Forgotten,
    IReadOnlyList<TrailErasure>? Erasures,
    TrailCut? Cut,
    CoveredTo? CoveredTo,
    IReadOnlyList<TrailProblem> Problems,
    IReadOnlyList<SeenBy>? Witnesses)
{
    internal static VerificationResponse Of(TrailVerdict verdict, AuditWitnesses witnesses) => new(
        verdict.Valid,
        verdict.Records,
        verdict.Size - (verdict.CoveredTo?.Head.Size ?? 0),
        verdict.Erased.Records,
        verdict.Erased.By is { Count: > 0 } by ? by : null,
        verdict.Cut,
        verdict.CoveredTo is { SignedAt: { } signedAt } checkpoint ? new CoveredTo(checkpoint.Head.Size, signedAt) : null,
        verdict.Problems,
        witnesses.All.Count == 0 ? null : [.. witnesses.All.Select(witness => SeenBy.Of(verdict, witness.Key.Name))]);
}

/// <summary>Up to which record, and when, a trail is proved.</summary>
public sealed record CoveredTo(long Sequence, DateTimeOffset Time);

/// <summary>What a witness has seen.</summary>
/// <param name="Sequence">The last record of the newest checkpoint that it has signed and that agrees; null when there is none.</param>
/// <param name="Time">When, by its own clock.</param>
public sealed record SeenBy(string Name, long? Sequence, DateTimeOffset? Time)
{
    internal static SeenBy Of(TrailVerdict verdict, string name) =>
        verdict.Witnesses.FirstOrDefault(witness => witness.Name == name) is { } seen ? new SeenBy(name, seen.Size, seen.Time) : new SeenBy(name, null, null);
}

/// <summary>The answer of <c>GET /api/audit/checkpoints</c>: the oldest first.</summary>
/// <param name="Cursor">Where to go on; null when these are the last.</param>
/// <param name="Beginning">The tree of the records that were let go; null where the trail begins at its first.</param>
public sealed record CheckpointList(IReadOnlyList<CheckpointFile> Checkpoints, string? Cursor, ExportPlace? Beginning = null);

/// <summary>The answer of <c>GET /api/audit/keys</c>: a JWK set (RFC 7517), and the notes' keys as vkeys (c2sp.org/signed-note).</summary>
/// <param name="WitnessKeys">Of the witnesses that are asked; whom to trust is for the reader to decide.</param>
public sealed record KeySet(IReadOnlyList<PublicKey> Keys, IReadOnlyList<string> NoteKeys, IReadOnlyList<string> WitnessKeys);

/// <summary>The answer of <c>GET /api/audit/consistency</c>.</summary>
/// <param name="From">The smaller tree's size.</param>
/// <param name="To">The larger tree's.</param>
/// <param name="Hashes">The path (RFC 9162 §2.1.4), base64.</param>
public sealed record ConsistencyResponse(long From, long To, IReadOnlyList<string> Hashes);
