using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Takes people out of an event's details, leaving numbers in their place, and puts them back.</summary>
internal static class PeopleInDetails
{
    private const string Number = "person";
    private const string Participant = "participant";

    /// <summary>Members that hold one person's address or number, or several in a list with commas or semicolons.</summary>
    private static readonly HashSet<string> One =
        new(["email", "host", "host_email", "host_id", "operator_id", "alternative_hosts"], StringComparer.Ordinal);

    /// <summary>Members of a participant that say who it is; the first that is there is the key.</summary>
    private static readonly string[] OfParticipant = ["email", "customer_key", "id", "user_name", "user_id", "participant_uuid"];

    /// <param name="people">Those found are added.</param>
    public static JsonObject TakeOut(JsonObject details, List<Person> people)
    {
        var taken = new JsonObject();
        foreach (var (name, value) in details)
        {
            taken[name] = value switch
            {
                JsonObject participant when name == Participant => TakeParticipant(participant, people),
                JsonObject inner => TakeOut(inner, people),
                JsonValue text when One.Contains(name) && text.TryGetValue<string>(out var several) => Take(several, people),
                _ => value?.DeepClone(),
            };
        }

        return taken;
    }

    /// <param name="people">The record's; null for one who was forgotten.</param>
    public static JsonObject PutBack(JsonObject taken, IReadOnlyList<Person?> people)
    {
        var details = new JsonObject();
        foreach (var (name, value) in taken)
        {
            details[name] = value switch
            {
                JsonObject inner when name == Participant && Find(inner, people) is JsonObject who =>
                    new JsonObject(who.Concat(inner).Where(member => member.Key != Number).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))),
                JsonObject inner when inner.ContainsKey(Number) => Find(inner, people)?.DeepClone(),
                JsonArray several when One.Contains(name) =>
                    JsonValue.Create(string.Join(';', several.OfType<JsonObject>().Select(one => Find(one, people)?.ToString()))),
                JsonObject inner => PutBack(inner, people),
                _ => value?.DeepClone(),
            };
        }

        return details;
    }

    private static JsonNode Take(string text, List<Person> people)
    {
        var several = text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return several is [] or [_] ? Add(text, people) : new JsonArray([.. several.Select(one => Add(one, people))]);
    }

    private static JsonObject Add(string text, List<Person> people)
    {
        people.Add(new Person { Key = Person.KeyOf(text), Detail = JsonValue.Create(text) });
        return new JsonObject { [Number] = people.Count - 1 };
    }

    private static JsonObject TakeParticipant(JsonObject participant, List<Person> people)
    {
        var who = OfParticipant.Where(participant.ContainsKey).ToList();
        var taken = new JsonObject { [Number] = people.Count };
        foreach (var (name, value) in participant.Where(member => !who.Contains(member.Key)))
        {
            taken[name] = value?.DeepClone();
        }

        people.Add(new Person
        {
            Key = who.Select(name => Person.KeyOf(participant[name]?.ToString())).FirstOrDefault(key => key is not null),
            Detail = new JsonObject(who.Select(name => KeyValuePair.Create(name, participant[name]?.DeepClone()))),
        });
        return taken;
    }

    private static JsonNode? Find(JsonObject place, IReadOnlyList<Person?> people) =>
        place[Number] is JsonValue value && value.TryGetValue<int>(out var number) && number >= 0 && number < people.Count
            ? people[number]?.Detail
            : null;
}
