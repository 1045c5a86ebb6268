namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>What somebody did within the last day, as far as later records are judged by it. Times are of when things happened.</summary>
internal sealed class RecentPerson
{
    /// <summary>How long it counts.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private const int MaxFailures = 5;
    private const int MaxDenials = 3;
    private const int MaxNetworks = 4;
    private const int MaxPseudonyms = 3;

    /// <summary>When the last record of them was written down.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>When a signature was issued last.</summary>
    public DateTimeOffset? SignedAt { get; set; }

    /// <summary>The newest failed sign-ins since the last that succeeded.</summary>
    public List<DateTimeOffset> Failures { get; init; } = [];

    /// <summary>The newest second factors that were denied.</summary>
    public List<DateTimeOffset> Denials { get; init; } = [];

    /// <summary>The networks of the last sign-ins.</summary>
    public List<string> Networks { get; init; } = [];

    /// <summary>What was told of them last, by action.</summary>
    public Dictionary<string, Telling> Told { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What Zoom has them as (<c>customer_key</c>), the newest last.</summary>
    public List<string> Pseudonyms { get; init; } = [];

    public bool IsOver(DateTimeOffset now) => now - SeenAt > Kept;

    public bool HasSignedIn(DateTimeOffset at) => IsWithin(SignedInAt, at, Kept);

    public bool HasSignature(DateTimeOffset at) => IsWithin(SignedAt, at, Kept);

    /// <summary>Whether something that they did is new, and not what another source told of already.</summary>
    /// <param name="now">When it is written down.</param>
    public bool IsNew(string action, string source, DateTimeOffset at, DateTimeOffset now)
    {
        if (!Told.TryGetValue(action, out var telling) || !telling.Includes(at, now))
        {
            Told[action] = telling = new Telling(at, now);
        }

        return telling.Add(source);
    }

    /// <summary>Without what counts no more: it changes nothing but the size.</summary>
    public void Trim(DateTimeOffset now)
    {
        foreach (var action in Told.Where(one => one.Value.IsOver(now)).Select(one => one.Key).ToList())
        {
            Told.Remove(action);
        }
    }

    /// <summary>Those that failed before count no more.</summary>
    public void SignIn(DateTimeOffset at)
    {
        Failures.RemoveAll(failed => failed <= at);
        SignedInAt = SignedInAt > at ? SignedInAt : at;
    }

    /// <summary>Counts a failed sign-in.</summary>
    public void Fail(DateTimeOffset at) => Add(Failures, at, MaxFailures);

    /// <summary>Whether five sign-ins failed within the hour in front of one that succeeds.</summary>
    public bool HasFailedOften(DateTimeOffset at) => AreWithin(Failures, MaxFailures, at) && Failures.TrueForAll(failed => failed <= at);

    /// <summary>Counts a denied second factor.</summary>
    /// <returns>Whether it is the third within the hour.</returns>
    public bool Deny(DateTimeOffset at)
    {
        Add(Denials, at, MaxDenials);
        return AreWithin(Denials, MaxDenials, at);
    }

    public void SignInFrom(string network)
    {
        Networks.Remove(network);
        Add(Networks, network, MaxNetworks);
    }

    /// <returns>Whether it is new.</returns>
    public bool AddPseudonym(string pseudonym)
    {
        if (Pseudonyms.Contains(pseudonym, StringComparer.Ordinal))
        {
            return false;
        }

        Add(Pseudonyms, pseudonym, MaxPseudonyms);
        return true;
    }

    private static bool IsWithin(DateTimeOffset? then, DateTimeOffset at, TimeSpan time) => then is { } moment && (at - moment).Duration() <= time;

    private static bool AreWithin(List<DateTimeOffset> times, int count, DateTimeOffset at) =>
        times.Count == count && times.TrueForAll(one => IsWithin(one, at, TimeSpan.FromHours(1)));

    private static void Add<T>(List<T> list, T one, int most)
    {
        list.Add(one);
        if (list.Count > most)
        {
            list.RemoveAt(0);
        }
    }
}
