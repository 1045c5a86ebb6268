namespace SecureZoom.Operator.Checkup;

/// <summary>What a look has found. It never holds a secret, a token or what somebody else's answer says in words.</summary>
/// <param name="IsRight">Null where it could not be looked at, which is nobody's fault.</param>
/// <param name="Found">What was seen, or what is wrong, or what a look needs.</param>
internal sealed record Verdict(bool? IsRight, string Found)
{
    public static Verdict Right(string found) => new(true, found);

    public static Verdict Wrong(string found) => new(false, found);

    public static Verdict NotLookedAt(string needed) => new(null, needed);

    /// <summary>Wrong where there is something to say, else right.</summary>
    public static Verdict Of(IReadOnlyCollection<string> wrong, string otherwise) => wrong.Count == 0 ? Right(otherwise) : Wrong(string.Join("; ", wrong));
}
