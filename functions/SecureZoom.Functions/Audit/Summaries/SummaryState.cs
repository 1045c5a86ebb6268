namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>
/// Up to where a trail is summarised, and what of it the next records are judged by: whose account is locked, and who did what within the last
/// day. Records alone say what it is: the same make the same, in whatever pieces they are read.
/// </summary>
internal sealed class SummaryState
{
    /// <summary>How many people of the last day are remembered; of more, the older half is forgotten.</summary>
    private const int MaxPeople = 2_500;
    private const int MaxLocked = 200;

    private Dictionary<string, string>? _pseudonyms;

    /// <summary>Names this summary: a rebuild has another.</summary>
    public string Generation { get; init; } = "";

    /// <summary>The last record that is counted.</summary>
    public long Sequence { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>Whether rows of an earlier summary may be left.</summary>
    public bool MayHaveOld { get; set; } = true;

    /// <summary>Up to which record the trail was let go when old rows were taken out last.</summary>
    public long GoneTo { get; set; }

    /// <summary>When people of the last day were forgotten because they were too many.</summary>
    public DateTimeOffset? ForgotAt { get; set; }

    /// <summary>By the person's key.</summary>
    public Dictionary<string, LockedAccount> Locked { get; init; } = new(StringComparer.Ordinal);

    public Dictionary<string, RecentPerson> People { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Somebody who was seen within the last day; a new one otherwise.</summary>
    public RecentPerson Recent(string key, DateTimeOffset now)
    {
        if (!People.TryGetValue(key, out var person) || person.IsOver(now))
        {
            MakeRoom(now);
            People[key] = person = new RecentPerson();
        }

        person.SeenAt = now;
        return person;
    }

    /// <summary>The same, where they were.</summary>
    public RecentPerson? Find(string? key, DateTimeOffset now) =>
        key is not null && People.TryGetValue(key, out var person) && !person.IsOver(now) ? person : null;

    /// <summary>Whose pseudonym it is, by a signature within the last day.</summary>
    public string? KeyOfPseudonym(string? pseudonym, DateTimeOffset now)
    {
        if (_pseudonyms is null)
        {
            _pseudonyms = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (of, person) in People.OrderBy(one => one.Value.SeenAt).ThenBy(one => one.Key, StringComparer.Ordinal))
            {
                person.Pseudonyms.ForEach(one => _pseudonyms[one] = of);
            }
        }

        return pseudonym is not null && _pseudonyms.TryGetValue(pseudonym, out var key) && Find(key, now) is not null ? key : null;
    }

    public void AddPseudonym(string key, RecentPerson person, string pseudonym)
    {
        if (person.AddPseudonym(pseudonym))
        {
            _pseudonyms?.Remove(pseudonym);
            _pseudonyms?.Add(pseudonym, key);
        }
    }

    public void Lock(string key, LockedAccount locked)
    {
        Locked[key] = locked;
        if (Locked.Count > MaxLocked)
        {
            Locked.Remove(Locked.MinBy(one => one.Value.Sequence).Key);
        }
    }

    /// <summary>Without those who count no more: it changes nothing but the size.</summary>
    public void Trim(DateTimeOffset now)
    {
        foreach (var key in People.Where(person => person.Value.IsOver(now)).Select(person => person.Key).ToList())
        {
            People.Remove(key);
        }

        foreach (var person in People.Values)
        {
            person.Trim(now);
        }
    }

    /// <summary>Forgets the older half of the people.</summary>
    public void ForgetHalf(DateTimeOffset now)
    {
        foreach (var (key, _) in People.OrderBy(person => person.Value.SeenAt).ThenBy(person => person.Key, StringComparer.Ordinal).Take(People.Count / 2).ToList())
        {
            People.Remove(key);
        }

        (ForgotAt, _pseudonyms) = (now, null);
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (People.Count < MaxPeople)
        {
            return;
        }

        Trim(now);
        if (People.Count >= MaxPeople)
        {
            ForgetHalf(now);
        }
    }
}
