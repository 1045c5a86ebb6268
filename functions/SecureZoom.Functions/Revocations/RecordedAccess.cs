using System.Globalization;
using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Revocations;

/// <summary>Whose access ends with what is recorded, as the record's details have it (<c>access</c>): enough to make the list anew from the trails.</summary>
internal static class RecordedAccess
{
    /// <summary>The member of the details.</summary>
    public const string Member = "access";

    private const string Kind = "kind";
    private const string Ends = "ends";
    private const string Issuer = "issuer";
    private const string User = "user";
    private const string Id = "id";
    private const string Reach = "reach";
    private const string At = "at";

    /// <summary>Between organisations in the record, where a text with blanks would be somebody's words.</summary>
    private const char Separator = '+';

    /// <param name="at">Whether the changes have another time than the record.</param>
    public static JsonArray Write(IEnumerable<EndedAccessChange> changes, bool at = false) => new([.. changes.Select(change => Write(change, at))]);

    /// <summary>The changes of a record; none of what is not as we write it.</summary>
    /// <param name="of">What else a record says of them.</param>
    public static IReadOnlyList<EndedAccessChange> Read(JsonObject? details, RecordedChange of) =>
        details?[Member] is JsonArray changes ? [.. changes.OfType<JsonObject>().Select(one => ReadOne(one, of)).OfType<EndedAccessChange>()] : [];

    private static JsonObject Write(EndedAccessChange change, bool at)
    {
        var one = new JsonObject
        {
            [Kind] = change.Kind.ToString(),
            [Ends] = change.Ends,
            [Issuer] = change.Issuer,
            [Reach] = change.Reach.Replace(EndedAccess.Separator, Separator),
            // A person, who can be forgotten apart from the rest.
            [User] = new JsonObject { [Id] = change.Subject },
        };
        if (at)
        {
            one[At] = change.At.ToString("O", CultureInfo.InvariantCulture);
        }

        return one;
    }

    private static EndedAccessChange? ReadOne(JsonObject one, RecordedChange of) =>
        Enum.TryParse<EndedAccessKind>(Text(one, Kind), out var kind)
        && one[Ends] is JsonValue value && value.TryGetValue<bool>(out var ends)
        && Text(one, Issuer) is { } issuer && one[User] is JsonObject user && Text(user, Id) is { } subject && Text(one, Reach) is { } reach
            ? new EndedAccessChange(
                kind, ends, issuer, subject, DateTimeOffset.TryParse(Text(one, At), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : of.At)
            {
                Reach = reach.Replace(Separator, EndedAccess.Separator),
                Organization = of.Organization,
                Reason = of.Reason,
                By = of.By,
                With = of.With,
            }
            : null;

    private static string? Text(JsonObject one, string name) => one[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
