using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Finds the first of a trail's records that a legal hold keeps: one in a range, or one that a person is in who is on hold.</summary>
internal sealed partial class HeldRecords(AuditTrail trail, LegalHolds holds, ErasureTable erasures, ILogger<HeldRecords> logger)
{
    /// <returns>Null when nothing up to the last is kept.</returns>
    public async Task<long?> FindFirstAsync(string organization, long last, CancellationToken cancellationToken)
    {
        var known = await holds.ReadAsync(organization, cancellationToken);
        var survey = await TrailSurvey.OfAsync(trail, organization, cancellationToken);
        if (!survey.HoldsAdded.IsSubsetOf(known.Select(hold => hold.Id)))
        {
            Log.HoldLost(logger, organization);
            return 1;
        }

        if (known.Count == 0)
        {
            return null;
        }

        var people = await FindPeopleAsync(organization, known, survey.Sightings, cancellationToken);
        if (people.Count < known.Select(hold => hold.Key).OfType<string>().Distinct(StringComparer.Ordinal).Count())
        {
            // Who is on hold and is not known by what the records say may be in any of their texts.
            return 1;
        }

        await foreach (var stored in trail.ReadOwnAsync(organization, 1, cancellationToken, last))
        {
            if (known.Any(hold => hold.Covers(stored.Sequence))
                || (stored.Line is { } line && PersonParts.Of(line.Record) is { } parts && (IsOfHold(parts, known) || people.Any(person => parts.Of(person).Count > 0))))
            {
                return stored.Sequence;
            }
        }

        return null;
    }

    /// <summary>What says that a hold was put on shows that it is lost, should somebody take its row away.</summary>
    private static bool IsOfHold(PersonParts parts, IReadOnlyList<LegalHold> known) =>
        parts.Deed.Action == AuditActions.AuditHoldAdded && known.Any(hold => hold.Id == parts.Deed.Target?.Id?.ToString());

    /// <summary>A hold knows a person by a MAC: whoever of the trail's people it is of.</summary>
    private async Task<IReadOnlyList<NamedPerson>> FindPeopleAsync(
        string organization, IReadOnlyList<LegalHold> known, IReadOnlyCollection<NamedPerson.Sighting> sightings, CancellationToken cancellationToken)
    {
        var missing = known.Select(hold => hold.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var count = missing.Count;
        var people = new List<NamedPerson>();
        foreach (var word in count == 0 ? [] : sightings.SelectMany(WordsOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (missing.Remove(await erasures.KeyOfAsync(organization, word, cancellationToken)))
            {
                var person = new NamedPerson(word);
                person.Learn(sightings);
                people.Add(person);
            }
        }

        return people;
    }

    private static string?[] WordsOf(NamedPerson.Sighting one) =>
        [one.Email, one.Subject, one.Name, one.Pseudonym, one.ZoomId, one is { Issuer: { } issuer, Subject: { } subject } ? Caller.PseudonymOf(issuer, subject) : null];

    private static partial class Log
    {
        [LoggerMessage(EventId = 235, Level = LogLevel.Critical, Message = "A hold in the trail of {Organization} is gone that nobody has lifted; nothing is let go there")]
        public static partial void HoldLost(ILogger logger, string organization);
    }
}
