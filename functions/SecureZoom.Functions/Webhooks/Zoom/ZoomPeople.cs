using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Webhooks;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>
/// The people that a Zoom event names: each one thing in the details, under the part that they play, so that each can be forgotten by
/// itself.
/// </summary>
internal static class ZoomPeople
{
    /// <summary>How many of a list are kept.</summary>
    private const int Most = 50;

    private static readonly HashSet<string> Ones = new(
    [
        "participant", "registrant", "user", "owner", "caller", "callee", "sender", "recipient", "invitee", "requester", "forwarded_by",
    ], StringComparer.Ordinal);

    private static readonly HashSet<string> Lists = new(
        ["members", "admins", "users", "collaborators", "share_with_users", "inviters", "to_members", "app_members", "attendees"],
        StringComparer.Ordinal);

    /// <summary>Parts whose members stand in the object itself, each behind the part's name.</summary>
    private static readonly string[] Flat =
    [
        "user", "owner", "sender", "recipient", "visitor", "requester", "inviter", "invitee", "contact", "agent", "monitoring_user", "takeover_user",
        "assigned_user",
    ];

    private static readonly string[] Members =
    [
        "user_id", "user_name", "id", "participant_uuid", "email", "join_time", "leave_time", "leave_reason", "customer_key", "participant_user_id",
        "participant_id", "registrant_id", "phone_number", "extension_number", "first_name", "last_name", "display_name", "user_display_name", "name", "user_email",
        "member_id", "invitee_name", "role", "old_role", "new_role", "date_time", "type",
    ];

    public static bool IsOne(string name) => Ones.Contains(name);

    public static bool IsList(string name) => Lists.Contains(name);

    public static JsonObject? One(JsonElement person) => ZoomEventRedaction.Pick(person, Members) is { Count: > 0 } picked ? picked : null;

    /// <summary>Adds a list of people, and how many there were where it is cut.</summary>
    public static void AddList(JsonObject target, string name, JsonElement people)
    {
        if (people.ValueKind == JsonValueKind.Array)
        {
            target[name] = new JsonArray([.. people.EnumerateArray().Take(Most).Select(One).OfType<JsonObject>()]);
            ZoomEventRedaction.AddTotal(target, name, people, Most);
        }
    }

    /// <summary>Adds those whose members stand among the object's own.</summary>
    public static void AddFlat(JsonObject target, IReadOnlyDictionary<string, JsonElement> members, bool isUser)
    {
        foreach (var part in Flat.Where(part => !target.ContainsKey(part)))
        {
            var person = new JsonObject();
            ZoomEventRedaction.AddText(person, "id", members, $"{part}_id");
            ZoomEventRedaction.AddText(person, "email", members, $"{part}_email");
            ZoomEventRedaction.AddText(person, "user_name", members, $"{part}_name", $"{part}_display_name", part == "user" ? "display_name" : "");
            AddPerson(target, part, person);
        }

        if (isUser)
        {
            var user = new JsonObject();
            foreach (var name in (string[])["id", "email", "first_name", "last_name", "display_name"])
            {
                ZoomEventRedaction.AddText(user, name, members, name);
            }

            AddPerson(target, "user", user);
        }
    }

    /// <summary>Adds whom the payload names beside the object: chat apps' events, and who asks for an app.</summary>
    public static void AddOfPayload(JsonObject target, IReadOnlyDictionary<string, JsonElement> members)
    {
        AddFlat(target, members, isUser: false);
        var user = new JsonObject();
        ZoomEventRedaction.AddText(user, "id", members, "userId");
        ZoomEventRedaction.AddText(user, "user_name", members, "userName");
        AddPerson(target, "user", user);
    }

    private static void AddPerson(JsonObject target, string part, JsonObject person)
    {
        if (person.Count > 0)
        {
            target[part] = person;
        }
    }
}
