using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Zoom.Events;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>The parts of a record, and whom they are about.</summary>
internal sealed class PersonParts
{
    private const string User = "user";
    private const string Target = "target";

    private static readonly HashSet<string> Kept = new(
        [
            AuditActions.AccessRevoke, AuditActions.AccessRestore, AuditActions.AccessRevoked, AuditActions.AccessRestored,
            AuditActions.MeetingRecordingsRead, AuditActions.MeetingParticipantsRead,
        ],
        StringComparer.Ordinal);

    /// <summary>Readings with filters: whom somebody looked for is not who did it.</summary>
    private static readonly HashSet<string> Searches = new([AuditActions.AuditRead, AuditActions.AuditExported], StringComparer.Ordinal);

    private static readonly HashSet<string> Ending = new(
        [IdentityActions.PersonSuspended, IdentityActions.PersonDeactivated, IdentityActions.PersonDeleted, IdentityActions.PersonBlocked], StringComparer.Ordinal);

    private readonly StoredParts _parts;
    private readonly int _count;
    private readonly int? _actor;

    private PersonParts(Deed deed, LogRecord record)
    {
        (Deed, _parts, _count, _actor) = (deed, new StoredParts(record.Parts), record.Parts.Count, deed.Actor.Person);
    }

    public Deed Deed { get; }

    /// <summary>Whether it is of erasures, of reading the trail or who was in a meeting, or of access that was ended by hand: who did it stays on record.</summary>
    public bool IsKept => Deed.Source == AuditSources.App && (Deed.Action.StartsWith("audit.", StringComparison.Ordinal) || Kept.Contains(Deed.Action));

    /// <summary>Those of a person's parts that go when the person is erased: where a record stays, only whom or what its reader looked for.</summary>
    /// <param name="found">See <see cref="Of(NamedPerson)"/>.</param>
    public IReadOnlyList<int> Erasable(IReadOnlyList<int> found) =>
        !IsKept ? found : Searches.Contains(Deed.Action) ? [.. found.Where(number => !IsReaders(number))] : [];

    /// <summary>Whether an identity provider has put the person out with it.</summary>
    public bool EndsAccess => Ending.Contains(Deed.Action);

    /// <summary>Null where what stands in the record's place is none of ours.</summary>
    public static PersonParts? Of(LogRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(record.Deed.Span, AuditRecordJson.Default.Deed) is { } deed ? new PersonParts(deed, record) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What is said of people.</summary>
    public IEnumerable<NamedPerson.Sighting> Sightings() => Enumerable.Range(0, _count)
        .Select(number => _parts.PersonAt(number) is { } person ? NamedPerson.Sighting.Of(person, number == _actor && Deed.Actor.Type == User && Deed.Source == AuditSources.App) : null)
        .OfType<NamedPerson.Sighting>()
        .Concat(PutOut())
        .Concat(Told());

    /// <summary>
    /// Whom an identity provider has put out: their tokens go by the account that it names, whether they have ever signed in here or what says
    /// so is erased.
    /// </summary>
    private IEnumerable<NamedPerson.Sighting> PutOut()
    {
        if (!EndsAccess || Deed.Source == AuditSources.App || Deed.Details is null)
        {
            return [];
        }

        var details = PartsInDetails.PutBack(Deed.Details, _parts);
        // Without a target it is about whoever did it.
        var email = details[Target] is JsonObject target ? ZoomDetails.Text(target, "email") : _parts.PersonAt(_actor)?.Email;
        return Changes(details)
            .Select(change => new NamedPerson.Sighting(change.Issuer, change.Subject, email, Name: null, Pseudonym: null, ZoomId: null));
    }

    /// <summary>
    /// The account of whoever an identity provider tells of, where it has the address beside it: also of somebody who never signed in here. What
    /// failed may hold an address that a stranger has typed.
    /// </summary>
    private IEnumerable<NamedPerson.Sighting> Told()
    {
        if (Deed.Source is not (AuditSources.Okta or AuditSources.Auth0) || Deed.Outcome != AuditOutcomes.Success)
        {
            yield break;
        }

        if (_parts.PersonAt(_actor) is { Issuer: { } issuer, Subject: { } subject, Email: { } email })
        {
            yield return new NamedPerson.Sighting(issuer, subject, email, Name: null, Pseudonym: null, ZoomId: null, IsTold: true);
        }

        if (Deed.Details is not null && PartsInDetails.PutBack(Deed.Details, _parts) is var details && details[Target] is JsonObject target && ZoomDetails.Text(target, "email") is { } address)
        {
            foreach (var change in Changes(details))
            {
                yield return new NamedPerson.Sighting(change.Issuer, change.Subject, address, Name: null, Pseudonym: null, ZoomId: null, IsTold: true);
            }
        }
    }

    private IReadOnlyList<EndedAccessChange> Changes(JsonObject details) =>
        RecordedAccess.Read(details, new RecordedChange(Deed.OccurredAt, Organization: null, Deed.Action, Deed.Source));

    /// <summary>The parts that are the person's.</summary>
    public IReadOnlyList<int> Of(NamedPerson erased)
    {
        var isActor = _parts.PersonAt(_actor) is { } actor && erased.Is(actor);
        return [.. Enumerable.Range(0, _count).Where(number => _parts.PersonAt(number) is { } person
            // Where the actor was, and with what.
            ? erased.Is(person) || (isActor && IsOrigin(person))
            : _parts.TextsAt(number).Any(erased.IsIn))];
    }

    private bool IsReaders(int number) => number == _actor || (_parts.PersonAt(number) is { } person && IsOrigin(person));

    private static bool IsOrigin(Person person) => person is { Key: null, Email: null, Subject: null };
}
