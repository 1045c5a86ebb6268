using System.Text.Json.Nodes;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>How much of a trail a reading shows: from and up to which time or size, and from which record on.</summary>
/// <param name="From">Ticks (UTC) or a size; the least number where it is from the beginning.</param>
/// <param name="To">Likewise; the greatest number where it is up to the end, whenever that is.</param>
/// <param name="First">The first record's sequence.</param>
internal sealed record ReadReach(long From, long To, long First)
{
    /// <summary>In what is read: the first record.</summary>
    public const string FirstMember = "first";

    private const string FromMember = "from";
    private const string ToMember = "to";

    /// <summary>What somebody asks for who means now, and whose clock is not ours.</summary>
    private static readonly TimeSpan AsGoodAsNow = TimeSpan.FromMinutes(1);

    /// <param name="what">What is read, as the record of it says.</param>
    /// <param name="isOpen">Whether it is up to the end, though <paramref name="what"/> says where that is.</param>
    public static ReadReach Of(JsonObject what, DateTimeOffset now, bool isOpen) => new(
        Number(what[FromMember]) ?? long.MinValue,
        !isOpen && Number(what[ToMember]) is { } to && !(Moment(what[ToMember]) > now - AsGoodAsNow) ? to : long.MaxValue,
        Number(what[FirstMember]) ?? 1);

    /// <summary>What is read, without how much of it.</summary>
    public static JsonObject Rest(JsonObject what) =>
        new(what.Where(member => member.Key is not (FromMember or ToMember or FirstMember)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    /// <summary>Whether the other shows nothing more.</summary>
    public bool Covers(ReadReach other) => From <= other.From && To >= other.To && First <= other.First;

    private static long? Number(JsonNode? node) =>
        Moment(node)?.UtcTicks ?? (node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null);

    private static DateTimeOffset? Moment(JsonNode? node) => node is JsonValue value && value.TryGetValue<DateTimeOffset>(out var moment) ? moment : null;
}
