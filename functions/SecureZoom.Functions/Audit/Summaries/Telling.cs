namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>How often each source told of a kind of thing that somebody did, within a minute.</summary>
/// <remarks>
/// Okta and Auth0 behind it both tell of one sign-in, and no id joins the two (derived, never evidence): of two sources that tell of the same
/// within a minute, what the one tells more often counts.
/// </remarks>
/// <param name="At">When the minute began.</param>
/// <param name="RecordedAt">When the first that was told of it was written down.</param>
internal sealed record Telling(DateTimeOffset At, DateTimeOffset RecordedAt)
{
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    /// <summary>How far one source may be behind the other.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    public Dictionary<string, int> BySource { get; init; } = new(StringComparer.Ordinal);

    public bool IsOver(DateTimeOffset now) => now - RecordedAt > Kept;

    public bool Includes(DateTimeOffset at, DateTimeOffset now) => !IsOver(now) && (at - At).Duration() <= Together;

    /// <returns>Whether no other source told of it before.</returns>
    public bool Add(string source)
    {
        var count = BySource[source] = BySource.GetValueOrDefault(source) + 1;
        return BySource.All(other => other.Key == source || other.Value < count);
    }
}
