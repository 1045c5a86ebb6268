namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>What an erasure has destroyed.</summary>
/// <param name="Authorities">The records that say so.</param>
internal sealed record ErasedSoFar(IReadOnlyList<long> Authorities, long Parts, long Records);
