using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>What a trail says of whoever is in it, and of what is not to be destroyed: who people are, which erasures were withdrawn, what is on hold.</summary>
internal sealed class TrailSurvey
{
    private readonly HashSet<string> _withdrawn = new(StringComparer.Ordinal);

    /// <summary>Erasures that somebody set out to withdraw, and when, by the operation; those of whom it is said that it failed are not here.</summary>
    private readonly Dictionary<string, (string Erasure, DateTimeOffset At)> _withdrawing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _holds = new(StringComparer.Ordinal);
    private readonly HashSet<NamedPerson.Sighting> _sightings = [];

    private TrailSurvey()
    {
    }

    /// <summary>Ids of holds that were put on and not lifted: whoever takes the row away does not lift them.</summary>
    public IReadOnlySet<string> HoldsAdded => _holds;

    public IReadOnlyCollection<NamedPerson.Sighting> Sightings => _sightings;

    public static async Task<TrailSurvey> OfAsync(AuditTrail trail, string organization, CancellationToken cancellationToken)
    {
        var survey = new TrailSurvey();
        await foreach (var stored in trail.ReadOwnAsync(organization, 1, cancellationToken))
        {
            if (stored.Line is { } line && PersonParts.Of(line.Record) is { } parts)
            {
                survey._sightings.UnionWith(parts.Sightings());
                survey.Take(parts.Deed, parts.IsKept ? parts.Deed.Target?.Id?.ToString() : null);
            }
        }

        return survey;
    }

    /// <summary>For an erasure.</summary>
    /// <param name="person">Learns what the records say of them.</param>
    public static async Task<TrailSurvey> OfAsync(AuditTrail trail, string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var survey = await OfAsync(trail, organization, cancellationToken);
        person.Learn(survey.Sightings);
        return survey;
    }

    /// <summary>Whether an erasure was withdrawn; also where it is not said what came of it.</summary>
    public bool IsWithdrawn(string erasure) => _withdrawn.Contains(erasure) || Open(erasure).Any();

    /// <summary>Whether somebody has set out to withdraw it, and what came of it may yet be said.</summary>
    public bool IsBeingWithdrawn(string erasure, DateTimeOffset since) => !_withdrawn.Contains(erasure) && Open(erasure).Any(at => at >= since);

    private IEnumerable<DateTimeOffset> Open(string erasure) =>
        _withdrawing.Where(one => one.Value.Erasure == erasure && !_failed.Contains(one.Key)).Select(one => one.Value.At);

    private void Take(Deed deed, string? about)
    {
        switch (deed.Action)
        {
            case AuditActions.AuditErasureWithdrawn when about is not null:
                _withdrawn.Add(about);
                break;
            case AuditActions.AuditErasureWithdraw when about is not null && deed is { Operation: { } operation, Outcome: AuditOutcomes.Intent }:
                _withdrawing[operation] = (about, deed.OccurredAt);
                break;
            case AuditActions.AuditErasureWithdraw when deed.Operation is { } failed:
                _failed.Add(failed);
                break;
            case AuditActions.AuditHoldAdded when about is not null:
                _holds.Add(about);
                break;
            case AuditActions.AuditHoldRemoved when about is not null:
                _holds.Remove(about);
                break;
            default:
                break;
        }
    }
}
