using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Indexing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Which records of one organisation's trail are asked for.</summary>
/// <param name="From">Recorded at or after this.</param>
/// <param name="To">Recorded before this.</param>
/// <param name="Person">A name of whoever did it, or on whom an identity provider acted: an address, a subject, a pseudonym, a key.</param>
/// <param name="Ip">The address that it came from.</param>
/// <param name="Meeting">A meeting number, also one of several that a record names.</param>
/// <param name="After">Behind this record of the trail: where somebody who reads on left off.</param>
/// <param name="Text">What its sentence, or a text of its, contains, in capitals or not.</param>
public sealed record AuditQuery(
    string Organization,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Action,
    string? Person,
    string? Ip,
    string? Meeting,
    string? Outcome,
    string? Source,
    string? Text = null,
    long? After = null)
{
    /// <summary>What a call asks for.</summary>
    /// <exception cref="AccessException">The caller may not read that trail.</exception>
    /// <exception cref="RequestException">Something of it has no such value.</exception>
    internal static AuditQuery Of(Caller caller, Query query)
    {
        var (from, to) = query.Range();
        return new AuditQuery(
            AuditScope.Of(caller, query.Text("organization")),
            from,
            to,
            KnownWords.Action(query.Text("action"), query.Text("source")),
            query.Text("person"),
            query.Text("ip"),
            query.Text("meeting"),
            KnownWords.Outcome(query.Text("outcome")),
            KnownWords.Source(query.Text("source")),
            Searched(query),
            query.Size("after"));
    }

    private static string? Searched(Query query) => query.Text("text") is { Length: < 2 or > 100 }
        ? throw new RequestException(RequestError.Invalid, "text has 2 to 100 characters.")
        : query.Text("text");

    /// <summary>What is asked for, as a record of it says.</summary>
    internal JsonObject ToDetails() => new(new KeyValuePair<string, JsonNode?>[]
    {
        new("from", From),
        new("to", To),
        new("action", Action),
        // As whoever is named in details is, apart from the deed.
        new("subject", Person),
        new("ip", Ip),
        new("meeting", Meeting),
        new("outcome", Outcome),
        new("source", Source),
        new("query", Text),
        new(ReadReach.FirstMember, After + 1),
    }.Where(member => member.Value is not null));

    /// <summary>Whether a record that was recorded in the range is asked for (<see cref="AuditReader.RangeAsync"/>: by its place, since its own time may be changed).</summary>
    /// <param name="person">Whoever <see cref="Person"/> is.</param>
    /// <remarks>What cannot be read may be what is asked for, and is never kept back.</remarks>
    internal bool Matches(AuditRecord record, PersonFilter? person) => (After is null || record.Sequence > After) && (!record.IsReadable || (
        (Action is null || record.Action == Action)
        && (Ip is null || record.Client?.Ip == Ip)
        && (Meeting is null || Denial.MeetingsOf(record.Meeting, record.Details).Contains(Meeting, StringComparer.Ordinal))
        && (Outcome is null || record.Outcome == Outcome)
        && (Source is null || record.Source == Source)
        && (Text is null || TextsOf(record).Any(text => text.Contains(Text, StringComparison.OrdinalIgnoreCase)))
        && person?.Matches(record) is not false));

    private static IEnumerable<string> TextsOf(AuditRecord record)
    {
        string?[] texts =
        [
            record.Sentence, record.Action, record.Reason, record.Meeting, record.Target?.Id, record.Target?.Name,
            record.Actor.Name, record.Actor.Email, record.Actor.Subject, record.Actor.Department, record.Client?.Ip, record.Client?.UserAgent,
        ];
        return texts.OfType<string>().Concat(TextsOf(record.Details));
    }

    private static IEnumerable<string> TextsOf(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => TextsOf(member.Value)),
        JsonArray several => several.SelectMany(TextsOf),
        JsonValue value => [value.ToString()],
        _ => [],
    };
}
