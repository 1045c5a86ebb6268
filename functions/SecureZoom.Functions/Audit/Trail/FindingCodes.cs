using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The codes of findings that no verification has, beside <see cref="TrailProblems"/>.</summary>
public static class FindingCodes
{
    /// <summary>A tile was not that of its records. It is a cache, which is made anew.</summary>
    public const string Tile = "tile";

    /// <summary>A witness knows another history of the trail than ours.</summary>
    public const string WitnessConflict = "witness_conflict";

    /// <summary>The signer refuses to sign the trail.</summary>
    public const string Refused = "refused";
}
