using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Zoom;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Meetings;

/// <summary>The members of a meeting in JSON by their paths (<c>settings.watermark</c>), to be compared; a long text is its hash.</summary>
internal static class MeetingValues
{
    /// <summary>All occurrences of a series together.</summary>
    public const string Occurrences = "occurrences";

    /// <summary>Before what says how a series repeats.</summary>
    public const string Recurrence = "recurrence.";

    /// <summary>A passcode, by what stands for it.</summary>
    public const string Passcode = "password";

    /// <summary>Before the members of one occurrence.</summary>
    public const string Occurrence = "occurrences.";

    private const int MaxText = 100;

    public static IReadOnlyDictionary<string, string> Of(UpdateMeeting change) =>
        Of(JsonSerializer.SerializeToNode(change, MeetingJson.Default.UpdateMeeting)!.AsObject(), "").ToDictionary(StringComparer.Ordinal);

    /// <summary>As <see cref="Of(UpdateMeeting)"/>, with the occurrences that a series has by it, as Zoom says right after; null where it did not.</summary>
    public static IReadOnlyDictionary<string, string> Of(UpdateMeeting change, ZoomMeeting? meeting) =>
        meeting?.Occurrences is { Count: > 0 } occurrences ? new Dictionary<string, string>(Of(change)) { [Occurrences] = Of(occurrences) } : Of(change);

    /// <summary>When and how long the occurrences of a series are that are not deleted, whatever their order.</summary>
    public static string Of(IEnumerable<MeetingOccurrence> occurrences) => Text(JsonValue.Create(string.Join('\n', occurrences.Where(one => !one.IsDeleted)
        .Select(one => $"{one.OccurrenceId} {MeetingTimes.StartOf(one)?.UtcTicks} {one.Duration}").Order(StringComparer.Ordinal))));

    /// <summary>Those that an event tells of; null where it tells of none, or not of all.</summary>
    public static string? OccurrencesOf(JsonObject about) =>
        about[Occurrences] is JsonArray { Count: > 0 } all && about[$"{Occurrences}_total"] is null && all.All(one => one is JsonObject)
            ? Of(all.OfType<JsonObject>().Select(one => new MeetingOccurrence(
                ZoomDetails.TextOf(one["occurrence_id"]),
                ZoomDetails.TextOf(one["start_time"]),
                int.TryParse(ZoomDetails.TextOf(one["duration"]), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null,
                ZoomDetails.TextOf(one["status"]))))
            : null;

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
