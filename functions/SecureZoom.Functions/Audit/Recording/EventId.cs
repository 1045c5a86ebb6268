using System.Text.Json.Nodes;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>
/// Names an event of which somebody else tells by what is kept of it: told again, however it is written, it is the same event. A MAC: who
/// guesses what an event said finds it confirmed by no id.
/// </summary>
internal sealed class EventId(StableMac mac)
{
    private const string Label = "event-id";
    private const int Length = 32;

    /// <exception cref="SecretException">There is no key.</exception>
    public static async ValueTask<EventId> OpenAsync(SecretStore secrets, CancellationToken cancellationToken) =>
        new(await StableMac.OpenAsync(secrets, Label, cancellationToken));

    /// <param name="source">One of <see cref="AuditSources"/>.</param>
    /// <param name="account">Whose event it is there.</param>
    /// <param name="name">What the source calls it.</param>
    /// <param name="time">As the source tells it.</param>
    /// <param name="said">The members that are kept.</param>
    /// <returns>32 hex digits.</returns>
    public string Of(string source, string account, string name, string time, JsonNode? said) =>
        mac.Of(source, account, name, time, Sorted(said)?.ToJsonString())[..Length];

    /// <summary>One text for one content, in whatever order its members came.</summary>
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
