using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Zoom;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Intake;

/// <summary>Whom an event names by Zoom's ids alone, whatever part they play: given the address that Zoom knows, since an id says nothing to a reader.</summary>
internal static class UnnamedPeople
{
    /// <summary>Of how many Zoom is asked; a sentence names three.</summary>
    private const int Most = 10;

    /// <summary>Where the id of an account's user may stand; a guest's are none, nor is a number, which somebody has in one meeting.</summary>
    private static readonly string[] Ids = ["id", "user_id", "participant_user_id"];

    /// <summary>The event with those named whom Zoom knows. Nothing waits for a name: with the first that Zoom does not answer all others stay as they are.</summary>
    /// <param name="find">A user's address; null for nobody's id.</param>
    public static async Task<AuditEvent> NameAsync(AuditEvent auditEvent, Func<string, Task<string?>> find)
    {
        if (!Of(auditEvent.Details).Any())
        {
            return auditEvent;
        }

        var details = auditEvent.Details!.DeepClone().AsObject();
        try
        {
            foreach (var person in Of(details).Take(Most).ToList())
            {
                foreach (var id in IdsOf(person))
                {
                    if (await find(id) is { } address)
                    {
                        person["email"] = address;
                        break;
                    }
                }
            }
        }
        catch (ZoomException)
        {
            // Who is named by then is; nothing waits for the others' names.
        }

        return auditEvent with { Details = details, Actor = Named(auditEvent, details) };
    }

    private static IEnumerable<JsonObject> Of(JsonObject? details) => PartsInDetails.PeopleIn(details).Where(person =>
        (ZoomDetails.Text(person, "email", "user_email", "phone_number", "extension_number") ?? ZoomDetails.NameOf(person)) is null && IdsOf(person).Any());

    private static IEnumerable<string> IdsOf(JsonObject person) =>
        Ids.Select(name => ZoomDetails.Text(person, name)).OfType<string>().Where(id => !id.All(char.IsAsciiDigit)).Distinct();

    /// <summary>The actor, who may be one of the people.</summary>
    private static AuditActor Named(AuditEvent auditEvent, JsonObject details) =>
        auditEvent.Actor is { Name: null, Email: null } actor && ZoomDetails.Person(details, ZoomEventTable.Of(auditEvent.Action).By) is { } person
            ? actor with { Email = ZoomDetails.Text(person, "email") }
            : auditEvent.Actor;
}
