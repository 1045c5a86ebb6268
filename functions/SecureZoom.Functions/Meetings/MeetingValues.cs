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

    /// <summary>What a change asks for; of a series with the occurrences that it has by it, as Zoom says right after, where it did.</summary>
    public static Dictionary<string, string> Asked(UpdateMeeting change, ZoomMeeting? meeting = null)
    {
        var asked = Of(JsonSerializer.SerializeToNode(change, MeetingJson.Default.UpdateMeeting)!.AsObject());
        if (meeting?.Occurrences is { Count: > 0 } occurrences)
        {
            asked[Occurrences] = Times(occurrences);
        }

        return asked;
    }

    /// <summary>What a change of one occurrence asks for, also by the paths that Zoom's event of it has.</summary>
    public static Dictionary<string, string> AskedOfOccurrence(UpdateMeeting change)
    {
        var asked = Asked(change);
        return asked.Concat(asked.Select(member => KeyValuePair.Create($"{Occurrence}{member.Key}", member.Value))).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>What an object tells, lists apart; each path behind another, where one is given.</summary>
    public static Dictionary<string, string> Of(JsonObject members, string path = "") => members.SelectMany(member => member.Value switch
    {
        JsonObject inner => Of(inner, $"{path}{member.Key}."),
        JsonValue value => [KeyValuePair.Create($"{path}{member.Key}", Text(value))],
        _ => Enumerable.Empty<KeyValuePair<string, string>>(),
    }).ToDictionary(StringComparer.Ordinal);

    /// <summary>The occurrences that an event tells of; null where it tells of none, or not of all.</summary>
    public static string? OccurrencesOf(JsonObject about) =>
        about[Occurrences] is JsonArray { Count: > 0 } all && about[$"{Occurrences}_total"] is null && all.All(one => one is JsonObject)
            ? Times(all.OfType<JsonObject>().Select(one => new MeetingOccurrence(
                ZoomDetails.TextOf(one["occurrence_id"]),
                ZoomDetails.TextOf(one["start_time"]),
                int.TryParse(ZoomDetails.TextOf(one["duration"]), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null,
                ZoomDetails.TextOf(one["status"]))))
            : null;

    /// <summary>When and how long the occurrences of a series are that are not deleted, whatever their order.</summary>
    private static string Times(IEnumerable<MeetingOccurrence> occurrences) => Text(JsonValue.Create(string.Join('\n', occurrences.Where(one => !one.IsDeleted)
        .Select(one => $"{one.OccurrenceId} {MeetingTimes.StartOf(one)?.UtcTicks} {one.Duration}").Order(StringComparer.Ordinal))));

    private static string Text(JsonValue value)
    {
        var text = value.TryGetValue<string>(out var plain) ? plain : value.ToJsonString();
        return text.Length <= MaxText ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
