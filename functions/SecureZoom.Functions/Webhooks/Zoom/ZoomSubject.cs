using System.Text.Json;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Webhooks;
using SecureZoom.Functions.Zoom;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>What a Zoom event is about: a meeting by its number, by uuids, or something else; and by what its organisation is found.</summary>
/// <param name="Meeting">The meeting's number; null where it has none.</param>
/// <param name="Whose">By what else the organisation is found.</param>
internal sealed record ZoomSubject(string? Meeting, AuditTarget Target, EventOwner Whose)
{
    private static readonly string[] Numbers = ["meeting_number", "meeting_id", "webinar_id"];
    private static readonly string[] Uuids = ["meeting_uuid", "webinar_uuid"];

    /// <summary>Types of webinars.</summary>
    private static readonly string[] WebinarTypes = ["5", "6", "9"];

    /// <summary>More are in no one event; with them it fits into a message.</summary>
    private const int MostUuids = 300;

    private const int MaxUuid = 48;

    /// <summary>Of an address; Zoom's own have 128.</summary>
    private const int MaxAddress = 256;

    /// <param name="isSubAccounts">Whether it is a sub-account's.</param>
    public static ZoomSubject Of(string name, JsonElement payload, bool isSubAccounts)
    {
        var subject = LenientJson.Member(payload, "object");
        var family = name.Split('.')[0];
        var isOfMeeting = family is "meeting" or "webinar" or "recording";
        var number = NumberOf(subject, isOfMeeting);
        var uuids = UuidsOf(payload, subject, isOfMeeting);
        var whose = new EventOwner
        {
            MeetingUuids = uuids,
            Subject = First(subject, "email", "user_email", "owner_email"),
            SubjectId = family == "user" ? First(subject, "id") : null,
            Host = First(subject, "host_email", "meeting_host_email"),
            HostId = First(subject, "host_id", "meeting_host_id"),
            Operator = First(payload, ZoomEventKind.Operator),
            IsSubAccounts = isSubAccounts,
            IsAccounts = isSubAccounts || family is "account" or "app_deauthorized",
        };
        var target = isOfMeeting
            ? new AuditTarget(IsWebinar(family, subject) ? "webinar" : "meeting", number ?? OnlyOne(uuids), Topic(subject))
            : ZoomLabel.Of(name, payload, subject);
        return new ZoomSubject(number, target, whose);
    }

    private static bool IsWebinar(string family, JsonElement subject) =>
        family == "webinar" || (family == "recording" && WebinarTypes.Contains(LenientJson.Text(subject, "type")));

    /// <summary>Of several members the one that is a number; what a meeting has for an id is kept also when it is none.</summary>
    private static string? NumberOf(JsonElement subject, bool isOfMeeting)
    {
        string[] names = isOfMeeting ? [.. Numbers, "id"] : Numbers;
        return names.Select(name => LenientJson.Text(subject, name)).FirstOrDefault(text => MeetingNumber.TryParse(text, spaced: false, out _))
            ?? (isOfMeeting ? LenientJson.Text(subject, "id") : null);
    }

    private static IReadOnlyList<string> UuidsOf(JsonElement payload, JsonElement subject, bool isOfMeeting)
    {
        var places = new[] { subject, payload, LenientJson.Member(payload, "id_field") }
            .SelectMany(place => Uuids.Select(name => LenientJson.Text(place, name)))
            .Append(isOfMeeting ? LenientJson.Text(subject, "uuid") : null);
        var several = Items(subject, "meeting_uuids").Select(LenientJson.Text)
            .Concat(Items(subject, "meetings").Select(meeting => LenientJson.Text(meeting, "meeting_uuid")));
        return [.. places.Concat(several).OfType<string>().Where(uuid => IsUuid(uuid)).Distinct(StringComparer.Ordinal).Take(MostUuids)];
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement subject, string name) =>
        LenientJson.Member(subject, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    private static string? OnlyOne(IReadOnlyList<string> uuids) => uuids is [var only] ? only : null;

    /// <summary>Base64, or what may stand for it: characters that a message writes as one, nearly all.</summary>
    private static bool IsUuid(string text) =>
        text.Length is > 0 and <= MaxUuid && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '-' or '_');

    private static string? Topic(JsonElement subject) => LenientJson.Text(subject, "topic") ?? LenientJson.Text(subject, "meeting_topic");

    private static string? First(JsonElement place, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (LenientJson.Text(place, name) is { Length: > 0 and <= MaxAddress } text)
            {
                return text;
            }
        }

        return null;
    }
}
