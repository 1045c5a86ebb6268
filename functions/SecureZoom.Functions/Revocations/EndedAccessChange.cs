namespace SecureZoom.Functions.Revocations;

/// <summary>That somebody's access ends, or that what ended it is over.</summary>
/// <param name="Kind">What ends it.</param>
/// <param name="Ends">False for the opposite: it is over.</param>
/// <param name="Issuer">Whose tokens.</param>
/// <param name="Subject">The exact subject; a session's id for <see cref="EndedAccessKind.Session"/>.</param>
/// <param name="At">When it happened; of two of a kind the later one counts, in whatever order they come.</param>
public sealed record EndedAccessChange(EndedAccessKind Kind, bool Ends, string Issuer, string Subject, DateTimeOffset At)
{
    /// <summary>The organisations whose tokens are meant; <see cref="Everywhere"/> where the person belongs to nobody else's.</summary>
    public required string Reach { get; init; }

    /// <summary>The organisation that sees it in its list and may lift it; null for none.</summary>
    public string? Organization { get; init; }

    /// <summary>Of what one call has ended together, the id that all of it is lifted by; null where that is its own.</summary>
    public string? With { get; init; }

    /// <summary>Why, as people are shown it.</summary>
    public required string Reason { get; init; }

    /// <summary>Who ended it: a person, or a source of events.</summary>
    public required string By { get; init; }

    /// <summary>The reach of what holds for the person's tokens without regard to their organisation.</summary>
    public const string Everywhere = "*";
}
