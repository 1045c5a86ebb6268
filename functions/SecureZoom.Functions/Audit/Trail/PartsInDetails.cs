using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Takes people, and texts that somebody chose, out of an event's details, leaving numbers in their place, and puts them back.</summary>
internal static class PartsInDetails
{
    private const string Number = "person";

    /// <summary>Where somebody was, and with what.</summary>
    private const string Origin = "origin";

    /// <summary>Members that are a person, or a list of people, with whatever is known of each.</summary>
    private static readonly HashSet<string> Whole = new(
    [
        "participant", "registrant", "user", "owner", "caller", "callee", "sender", "recipient", "invitee", "requester", "forwarded_by", "visitor", "inviter",
        "contact", "agent", "monitoring_user", "takeover_user", "assigned_user", "members", "admins", "users", "collaborators", "share_with_users", "inviters",
        "to_members", "app_members", "attendees",
    ], StringComparer.Ordinal);

    /// <summary>Members that hold one person's address or number, or several in a list with commas or semicolons.</summary>
    private static readonly HashSet<string> One =
        new(["email", "host", "host_email", "host_id", "operator", "operator_id", "alternative_hosts", "meeting_host_id", "meeting_host_email", "customerKey", "subject"], StringComparer.Ordinal);

    /// <summary>Members of a person that say who it is; the first that is there is the key.</summary>
    private static readonly string[] OfPerson =
    [
        "email", "user_email", "customer_key", "id", "user_name", "user_id", "participant_uuid", "participant_user_id", "participant_id", "registrant_id",
        "member_id", "display_name", "user_display_name", "name", "first_name", "last_name", "invitee_name", "phone_number", "extension_number",
    ];

    /// <summary>The people among the details, wherever they stand.</summary>
    public static IEnumerable<JsonObject> PeopleIn(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => (member.Value, Whole.Contains(member.Key)) switch
        {
            (JsonObject person, true) => [person],
            (JsonArray several, true) => several.OfType<JsonObject>(),
            var (inner, _) => PeopleIn(inner),
        }),
        JsonArray list => list.SelectMany(PeopleIn),
        _ => [],
    };

    /// <param name="parts">What is found is added.</param>
    public static JsonObject TakeOut(JsonObject details, TakenParts parts) =>
        new(details.Select(member => KeyValuePair.Create(member.Key, Take(member.Key, member.Value, parts))));

    /// <param name="parts">The record's.</param>
    /// <param name="erased">What stands for people who are erased.</param>
    public static JsonObject PutBack(JsonObject taken, StoredParts parts, string? erased = null) =>
        new(taken.Select(member => KeyValuePair.Create(member.Key, Put(member.Key, member.Value, parts, erased))));

    private static JsonNode? Take(string name, JsonNode? value, TakenParts parts) => value switch
    {
        JsonObject person when Whole.Contains(name) => TakePerson(person, parts),
        JsonArray several when Whole.Contains(name) => new JsonArray([.. several.OfType<JsonObject>().Select(person => TakePerson(person, parts))]),
        JsonObject origin when name == Origin => new JsonObject { [Number] = parts.Add(new Person { Detail = origin.DeepClone() }) },
        JsonValue text when One.Contains(name) && text.TryGetValue<string>(out var several) => TakePeople(several, parts),
        JsonObject inner => TakeOut(inner, parts),
        JsonArray list => new JsonArray([.. list.Select(one => one is JsonValue ? TakeText(name, one, parts) : Take(name, one, parts))]),
        _ => TakeText(name, value, parts),
    };

    private static JsonNode? TakeText(string name, JsonNode? value, TakenParts parts) =>
        value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? parts.Take(name, text) : value?.DeepClone();

    private static JsonNode TakePeople(string text, TakenParts parts)
    {
        var several = text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return several is [] or [_] ? Add(text, parts) : new JsonArray([.. several.Select(one => Add(one, parts))]);
    }

    private static JsonObject Add(string text, TakenParts parts) =>
        new() { [Number] = parts.Add(new Person { Key = Person.KeyOf(text), Detail = JsonValue.Create(text) }) };

    private static JsonObject TakePerson(JsonObject person, TakenParts parts)
    {
        var who = OfPerson.Where(person.ContainsKey).ToList();
        var taken = new JsonObject
        {
            [Number] = parts.Add(new Person
            {
                Key = who.Select(name => Person.KeyOf(person[name]?.ToString())).FirstOrDefault(key => key is not null),
                Detail = new JsonObject(who.Select(name => KeyValuePair.Create(name, person[name]?.DeepClone()))),
            }),
        };
        foreach (var (name, value) in person.Where(member => !who.Contains(member.Key)))
        {
            taken[name] = Take(name, value, parts);
        }

        return taken;
    }

    private static JsonNode? Put(string name, JsonNode? value, StoredParts parts, string? erased) => value switch
    {
        JsonObject place when StoredParts.IsText(place) => JsonValue.Create(parts.TextOf(place)),
        JsonObject place when Whole.Contains(name) && PutPerson(place, parts, erased) is { } person => person,
        JsonArray several when Whole.Contains(name) =>
            new JsonArray([.. several.OfType<JsonObject>().Select(place => PutPerson(place, parts, erased) ?? Nobody(place, parts, erased))]),
        JsonObject place when IsPerson(place) => Find(place, parts, erased)?.DeepClone(),
        JsonArray { Count: > 0 } several when One.Contains(name) && several.All(one => one is JsonObject place && IsPerson(place)) =>
            JsonValue.Create(string.Join(';', several.OfType<JsonObject>().Select(place => Find(place, parts, erased)?.ToString()))),
        JsonObject inner => PutBack(inner, parts, erased),
        JsonArray list => new JsonArray([.. list.Select(one => Put(name, one, parts, erased))]),
        _ => value?.DeepClone(),
    };

    private static JsonNode Nobody(JsonObject place, StoredParts parts, string? erased) => Find(place, parts, erased) ?? new JsonObject();

    private static JsonObject? PutPerson(JsonObject place, StoredParts parts, string? erased) => Find(place, parts) is JsonObject who
        ? new JsonObject(who.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
            .Concat(PutBack(place, parts, erased).Where(member => member.Key != Number).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))))
        : null;

    private static bool IsPerson(JsonObject place) => StoredParts.Number(place, Number) is not null;

    private static JsonNode? Find(JsonObject place, StoredParts parts, string? erased = null) =>
        erased is not null && parts.IsWithheld(StoredParts.Number(place, Number)) ? JsonValue.Create(erased) : parts.PersonAt(StoredParts.Number(place, Number))?.Detail;
}
