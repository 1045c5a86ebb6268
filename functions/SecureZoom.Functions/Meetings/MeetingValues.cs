using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Meetings;

/// <summary>The members of a meeting in JSON by their paths (<c>settings.watermark</c>), to be compared; a long text is its hash.</summary>
internal static class MeetingValues
{
    /// <summary>Before the members of one occurrence.</summary>
    public const string Occurrence = "occurrences.";

    private const int MaxText = 100;

    public static IReadOnlyDictionary<string, string> Of(UpdateMeeting change) =>
        Of(JsonSerializer.SerializeToNode(change, MeetingJson.Default.UpdateMeeting)!.AsObject(), "").ToDictionary(StringComparer.Ordinal);

    /// <summary>As <see cref="Of(UpdateMeeting)"/>, also by the paths that Zoom's event of one occurrence has.</summary>
    public static IReadOnlyDictionary<string, string> OfOccurrence(UpdateMeeting change) =>
        Of(change).SelectMany(member => new[] { member, KeyValuePair.Create($"{Occurrence}{member.Key}", member.Value) }).ToDictionary(StringComparer.Ordinal);

    public static IEnumerable<KeyValuePair<string, string>> Of(JsonObject members, string path = "") => members.SelectMany(member => member.Value switch
    {
        JsonObject inner => Of(inner, $"{path}{member.Key}."),
        JsonValue value => [KeyValuePair.Create($"{path}{member.Key}", Text(value))],
        _ => [],
    });

    private static string Text(JsonValue value)
    {
        var text = value.TryGetValue<string>(out var plain) ? plain : value.ToJsonString();
        return text.Length <= MaxText ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
