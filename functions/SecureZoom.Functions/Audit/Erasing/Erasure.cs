using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>That one person is erased in one organisation's trail.</summary>
/// <param name="Id">32 hex digits, which begin with the time.</param>
/// <param name="Person">An address, a subject or a pseudonym; null once nothing has to be looked for any more.</param>
/// <param name="Key">A MAC that stands for the person.</param>
/// <param name="By">Who asked for it; null once it is on record.</param>
/// <param name="DueAt">Not before that.</param>
internal sealed record Erasure(
    string Id, string Organization, string? Person, string Key, string Reason, AuditActor? By, DateTimeOffset RequestedAt, DateTimeOffset DueAt, string State)
{
    /// <summary>It waits, and can be withdrawn.</summary>
    public const string Waiting = "waiting";

    public const string WasWithdrawn = "withdrawn";

    /// <summary>It was not carried out: see <see cref="Code"/>.</summary>
    public const string Refused = "refused";

    /// <summary>A hold was met when some was destroyed already: as much as is said, and no more.</summary>
    public const string Stopped = "stopped";

    /// <summary>It has begun.</summary>
    public const string Running = "erasing";

    /// <summary>All is erased but what may still be on its way.</summary>
    public const string Watching = "watching";

    public const string Done = "done";

    /// <summary>Why it was refused or stopped.</summary>
    public string? Code { get; init; }

    /// <summary>What the trail knew them by before anything was destroyed; null with <see cref="Person"/>.</summary>
    public KnownAs? Known { get; init; }

    /// <summary>The last record that was looked at.</summary>
    public long LookedTo { get; init; }

    /// <summary>When all was erased that was there.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    public long Parts { get; init; }

    public long Records { get; init; }

    /// <summary>The records of the trail that say which parts.</summary>
    public IReadOnlyList<long> Authorities { get; init; } = [];

    /// <summary>What stays, and why.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>Whether operators erase: what is nobody's goes with it.</summary>
    public bool IsOperators { get; init; }

    /// <summary>Whether there is something to be done.</summary>
    public bool IsDue(DateTimeOffset now) => State switch
    {
        // Theirs at once, also by a clock that was put back meanwhile.
        Waiting => IsOperators || DueAt <= now,
        Running or Watching => true,
        _ => false,
    };

    /// <summary>With what these records say is destroyed, too.</summary>
    public Erasure With(IReadOnlyCollection<ErasureAuthority> authorities)
    {
        ErasureAuthority[] added = [.. authorities.Where(one => !Authorities.Contains(one.Sequence))];
        return this with
        {
            Parts = Parts + added.Sum(one => one.Parts.Sum(part => part.Count)),
            Records = Records + added.SelectMany(one => one.Parts.SelectMany(part => part.Sequences)).Distinct().LongCount(),
            Authorities = [.. Authorities.Concat(added.Select(one => one.Sequence)).Order()],
        };
    }

    /// <summary>At its end: whom it was about and who asked is not kept.</summary>
    public Erasure Closed(string state, string? code = null) => this with { State = state, Code = code, Person = null, Known = null, By = null };
}
