namespace SecureZoom.Verification;

/// <summary>What was destroyed in a trail, and which of its records say that it was to be.</summary>
/// <param name="Parts">How many parts.</param>
/// <param name="Records">Of how many records.</param>
/// <param name="By">On whose authority, by record.</param>
public sealed record TrailErasures(long Parts, long Records, IReadOnlyList<TrailErasure> By)
{
    public static TrailErasures None { get; } = new(0, 0, []);

    /// <summary>How many of the parts have an authority that is not proved: no checkpoint covers it.</summary>
    public long Unproved { get; init; }

    /// <summary>How many further parts are withheld whose authority may stand behind what was looked at.</summary>
    public long Unexplained { get; init; }

    /// <summary>Whether it is proved of all that is withheld that it was to be destroyed.</summary>
    public bool AreProved => Unproved == 0 && Unexplained == 0;
}

/// <summary>A record on whose authority parts of others were destroyed.</summary>
/// <param name="Parts">How many that no earlier one names.</param>
public sealed record TrailErasure(long Sequence, long Parts, long Records);
