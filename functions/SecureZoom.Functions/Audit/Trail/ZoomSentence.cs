using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>What a Zoom event tells, as the table of events has it, with who and what filled in.</summary>
internal static partial class ZoomSentence
{
    /// <summary>How many of a list a sentence names.</summary>
    private const int MostNamed = 3;

    /// <param name="who">The actor, as sentences name one.</param>
    public static string Of(AuditEvent auditEvent, string who)
    {
        var kind = ZoomEventTable.Of(auditEvent.Action);
        var tells = auditEvent.Reason == AuditReasons.OtherOrganization ? "{actor} acted on {object} {event}"
            : IsKnown(auditEvent.Actor) ? kind.Tells
            : kind.Passive ?? kind.Tells;
        var sentence = Part().Replace(tells, part => part.Value[0] == '['
            ? Optional(auditEvent, who, part.Value[1..^1])
            : Filled(auditEvent, who, part.Value[1..^1]));
        // A name stays as it is; what else others chose is in quotes.
        return sentence.StartsWith(who, StringComparison.Ordinal) && who != AuditText.ZoomUser ? sentence : $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}";
    }

    private static string Filled(AuditEvent auditEvent, string who, string part)
    {
        var (name, bar) = (part.Split('|')[0], part.IndexOf('|', StringComparison.Ordinal));
        return Value(auditEvent, who, name) ?? (bar < 0 ? "somebody" : part[(bar + 1)..]);
    }

    /// <summary>Left out, where one of its parts is not known.</summary>
    private static string Optional(AuditEvent auditEvent, string who, string text)
    {
        var isWhole = true;
        var filled = Part().Replace(text, part =>
        {
            var value = Value(auditEvent, who, part.Value[1..^1]);
            isWhole &= value is not null;
            return value ?? "";
        });
        return isWhole ? filled : "";
    }

    private static string? Value(AuditEvent auditEvent, string who, string name)
    {
        var details = auditEvent.Details;
        return name switch
        {
            "actor" => IsKnown(auditEvent.Actor) ? who : "Somebody",
            "operator" => IsKnown(auditEvent.Actor) ? who : null,
            "event" => Event(auditEvent.Action),
            "object" => Object(auditEvent),
            "host" => Host(details),
            // Only the account that we call as is missed.
            "account" => details?["account_id"] is null ? "the account: calls to Zoom will fail" : "a sub-account",
            "changes" => Changes(details),
            "occurrences" => Occurrences(details),
            "meetings" => Meetings(auditEvent),
            "people" => People(auditEvent),
            "old_role" or "new_role" => AsWord(ZoomDetails.Text(ZoomDetails.Person(details, "participant"), name)),
            _ => Named(ZoomDetails.Find(details, name)),
        };
    }

    private static bool IsKnown(AuditActor actor) => actor.Type != "system";

    private static string Event(string name) => PlainName().IsMatch(name) ? $"({name})" : AuditText.Quoted(name);

    /// <summary>What it is about: a meeting's number and topic stand at the sentence's end.</summary>
    private static string Object(AuditEvent auditEvent)
    {
        var type = auditEvent.Target?.Type ?? "meeting";
        var about = EventNoun.Of(auditEvent.Action);
        var noun = about.Type == type ? about.Noun : PlainNoun(type);
        var one = $"{EventNoun.Article(noun)} {noun}";
        if (auditEvent.Reason == AuditReasons.OtherOrganization)
        {
            return $"{one} of another organization";
        }

        if (type is "meeting" or "webinar")
        {
            return one;
        }

        if (noun.EndsWith("user", StringComparison.Ordinal) && User(auditEvent.Details) is { } user)
        {
            return Called(user) is { } called ? $"{noun} {called}" : one;
        }

        return (auditEvent.Target?.Name, auditEvent.Target?.Id) switch
        {
            ({ Length: > 0 } name, _) => $"{noun} {AuditText.Quoted(name)}",
            // By its id a thing is told from others; a person's says nothing to anybody.
            (_, { Length: > 0 } id) when about.Type != "user" => $"{noun} {AuditText.Number(id)}",
            _ => one,
        };
    }

    private static JsonObject? User(JsonObject? details) =>
        ZoomDetails.Person(details, "user") ?? (ZoomDetails.Find(details, "users") is JsonArray { Count: 1 } users ? users[0] as JsonObject : null);

    private static string PlainNoun(string type) => PlainName().IsMatch(type) ? type.Replace('_', ' ') : "thing";

    private static string? Host(JsonObject? details) =>
        (ZoomDetails.TextOf(ZoomDetails.Find(details, "host_email")) ?? ZoomDetails.TextOf(ZoomDetails.Find(details, "meeting_host_email"))) is { Length: > 0 } email
            ? AuditText.Address(email)
            : null;

    /// <summary>The members that changed, by name, as <c>the topic and the agenda of </c>; never what they were or are. Empty for none.</summary>
    public static string Changes(JsonObject? details)
    {
        if (details?["changed"] is not JsonArray { Count: > 0 } changed)
        {
            return "";
        }

        var names = changed.Select(ZoomDetails.TextOf).OfType<string>().Where(name => PlainPath().IsMatch(name)).Select(Readable).Distinct().ToList();
        var all = details["changed_total"] is JsonValue total && total.TryGetValue<int>(out var count) ? count : names.Count;
        return names.Count == 0 ? "" : $"{Join(names, all)} of ";
    }

    private static string Readable(string path)
    {
        var name = path[(path.LastIndexOf('.') + 1)..].Replace('_', ' ').ToLowerInvariant();
        return $"the {(name == "password" ? "passcode" : name)}";
    }

    private static string Occurrences(JsonObject? details)
    {
        // Of a meeting that is no series, Zoom says single too, and names none.
        if ((ZoomDetails.TextOf(details?["operation"]) ?? ZoomDetails.TextOf(details?["scope"])) != "single" || ZoomDetails.Find(details, "occurrences") is not JsonArray { Count: > 0 } occurrences)
        {
            return "";
        }

        var start = ZoomDetails.TextOf((occurrences[0] as JsonObject)?["start_time"]);
        return occurrences.Count == 1
            ? $"one occurrence{(start is { Length: > 0 } ? $" ({AuditText.Quoted(start)})" : "")} of "
            : string.Create(CultureInfo.InvariantCulture, $"{occurrences.Count} occurrences of ");
    }

    private static string Meetings(AuditEvent auditEvent)
    {
        var count = Count(auditEvent.Details, "meetings") ?? Count(auditEvent.Details?["object"] as JsonObject, "meetings", "meeting_uuids");
        return count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{count} meetings") : Object(auditEvent);
    }

    /// <summary>How many the first of the lists has that there is, with what was cut of it; null where there is none, or nothing in it.</summary>
    private static int? Count(JsonObject? json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var total = json?[$"{name}_total"] is JsonValue told && told.TryGetValue<int>(out var all) ? all : 0;
            if (json?[name] is JsonArray list && Math.Max(list.Count, total) is > 0 and var count)
            {
                return count;
            }
        }

        return null;
    }

    /// <summary>Whom else the event names.</summary>
    private static string? People(AuditEvent auditEvent)
    {
        var others = (string[])["user", "owner", "caller", "callee", "sender", "recipient", "participant", "invitee", "requester", "visitor", "members", "users", "to_members", "inviters"];
        var named = others
            .Where(part => part is not ("user" or "users") || !Object(auditEvent).Contains("user ", StringComparison.Ordinal))
            .Select(part => ZoomDetails.Find(auditEvent.Details, part)).Select(Named).OfType<string>().Distinct().ToList();
        return named.Count > 0 ? Join(named, named.Count) : null;
    }

    /// <summary>A person, several of them, or a text that others chose; null for whom Zoom calls by an id alone.</summary>
    private static string? Named(JsonNode? node) => node switch
    {
        JsonObject person => Called(person),
        JsonArray list when list.OfType<JsonObject>().Select(Called).OfType<string>().ToList() is { Count: > 0 } people => Join(people, list.Count),
        JsonArray list when list.Select(ZoomDetails.TextOf).OfType<string>().Select(text => AuditText.Quoted(text)).ToList() is { Count: > 0 } texts => Join(texts, list.Count),
        JsonArray { Count: > 1 } list => string.Create(CultureInfo.InvariantCulture, $"{list.Count} people"),
        _ => ZoomDetails.TextOf(node) is { Length: > 0 } text ? AuditText.Number(text) : null,
    };

    /// <summary>Somebody who is not the actor, by address, name or number, in quotes, since guests tell Zoom what they like; null for an id alone.</summary>
    private static string? Called(JsonObject person) =>
        (ZoomDetails.Text(person, "email", "user_email") ?? ZoomDetails.NameOf(person) ?? ZoomDetails.Text(person, "phone_number")) is { } name
            ? AuditText.Quoted(name)
            : ZoomDetails.Text(person, "extension_number") is { } extension
                ? $"extension {AuditText.Number(extension)}"
                : null;

    private static string? AsWord(string? role) => role is null ? null : PlainWord().IsMatch(role) ? role : AuditText.Quoted(role);

    private static string Join(IReadOnlyList<string> names, int all)
    {
        var shown = names.Take(MostNamed).ToList();
        return all > shown.Count
            ? string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", shown)} and {all - shown.Count} more")
            : shown.Count > 1 ? $"{string.Join(", ", shown[..^1])} and {shown[^1]}" : shown[0];
    }

    [GeneratedRegex(@"\[[^\]]*\]|\{\w+(?:\|[^}]*)?\}")]
    private static partial Regex Part();

    [GeneratedRegex(@"\A[a-z0-9_.]+\z")]
    private static partial Regex PlainName();

    [GeneratedRegex(@"\A[A-Za-z0-9_.]{1,300}\z")]
    private static partial Regex PlainPath();

    [GeneratedRegex(@"\A[a-z-]{1,20}\z")]
    private static partial Regex PlainWord();
}
