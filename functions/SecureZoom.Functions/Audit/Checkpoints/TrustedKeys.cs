using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Public keys that sign checkpoints.</summary>
/// <param name="Keys">Of the JWS.</param>
/// <param name="NoteKeys">Of the notes, as vkeys.</param>
public sealed record TrustedKeys(IReadOnlyList<PublicKey> Keys, IReadOnlyList<string> NoteKeys)
{
    public int Count => Keys.Count + NoteKeys.Count;

    /// <summary>As verifiers pin them: fingerprints and vkeys.</summary>
    public IReadOnlyCollection<string> Pins => [.. Keys.Select(key => key.Thumbprint), .. NoteKeys];

    public TrustedKeys With(TrustedKeys others) =>
        new([.. Keys.Concat(others.Keys).DistinctBy(key => key.Thumbprint)], [.. NoteKeys.Union(others.NoteKeys, StringComparer.Ordinal)]);
}
