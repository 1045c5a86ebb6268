namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>An erasure as its organisation sees it.</summary>
/// <param name="Person">Null once nothing has to be looked for any more.</param>
/// <param name="Key">Stands for the person on record.</param>
/// <param name="State"><c>waiting</c>, <c>withdrawn</c>, <c>refused</c>, <c>stopped</c>, <c>erasing</c>, <c>watching</c> or <c>done</c>.</param>
/// <param name="Code">Why it was refused or stopped.</param>
/// <param name="Authorities">The records that say which parts are destroyed.</param>
/// <param name="Kept">What stays, and why.</param>
public sealed record ErasureView(
    string Id,
    string? Person,
    string Key,
    string Reason,
    string? By,
    DateTimeOffset RequestedAt,
    DateTimeOffset DueAt,
    string State,
    string? Code,
    long Parts,
    long Records,
    IReadOnlyList<long> Authorities,
    IReadOnlyList<string> Kept)
{
    internal static ErasureView Of(Erasure erasure) => new(
        erasure.Id,
        erasure.State is Erasure.Waiting ? erasure.Person : null,
        erasure.Key,
        erasure.Reason,
        erasure.By?.Name ?? erasure.By?.Email,
        erasure.RequestedAt,
        erasure.DueAt,
        erasure.State,
        erasure.Code,
        erasure.Parts,
        erasure.Records,
        erasure.Authorities,
        erasure.Kept);
}

/// <summary>The answer of <c>GET /api/audit/erasures</c>: the newest first.</summary>
public sealed record ErasureList(IReadOnlyList<ErasureView> Erasures);
