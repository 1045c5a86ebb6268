using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Which of an origin's numbers have come; a row.</summary>
/// <param name="Generation">Grows with every change: a row that was put back shows to whoever has seen a later one.</param>
/// <param name="ETag">The row's; null when there is none.</param>
internal sealed record OriginAccount(IReadOnlyDictionary<string, StreamAccount> Streams, long Generation, DateTimeOffset MarkedAt, ETag? ETag)
{
    /// <summary>The partition of the table <c>audit</c>; a row for each origin.</summary>
    public const string Partition = ".streams";

    /// <summary>Gaps that one row keeps: whoever takes every second message away makes many.</summary>
    private const int MostGaps = 4_000;

    private const int ColumnSize = 60_000;
    private const string GenerationColumn = "Generation";
    private const string MarkedAtColumn = "MarkedAt";
    private const string StreamsColumn = "Streams";

    public static OriginAccount Empty { get; } = new(new Dictionary<string, StreamAccount>(StringComparer.Ordinal), 0, DateTimeOffset.MinValue, null);

    public OriginAccount Mark(IEnumerable<EventNumber> numbers, DateTimeOffset now)
    {
        var streams = new Dictionary<string, StreamAccount>(Streams, StringComparer.Ordinal);
        foreach (var number in numbers)
        {
            streams[number.Stream] = streams.GetValueOrDefault(number.Stream, StreamAccount.Empty).Mark(number.Number - number.GaveUp, number.Number, now);
        }

        for (var gaps = streams.Values.Sum(stream => stream.Gaps.Count); gaps > MostGaps; gaps--)
        {
            var most = streams.MaxBy(stream => stream.Value.Gaps.Count);
            streams[most.Key] = most.Value.JoinOldest();
        }

        return this with { Streams = streams, Generation = Generation + 1, MarkedAt = now };
    }

    /// <summary>Without gaps, or parts of gaps, that are recorded.</summary>
    public OriginAccount Clear(IReadOnlySet<(string Stream, NumberGap Gap)> recorded) => this with
    {
        Streams = Streams.ToDictionary(
            stream => stream.Key,
            stream => stream.Value with { Gaps = [.. recorded.Where(one => one.Stream == stream.Key).Aggregate(stream.Value.Gaps.AsEnumerable(), Without)] },
            StringComparer.Ordinal),
        Generation = Generation + 1,
    };

    /// <summary>Whether it says nothing else but that.</summary>
    public bool Says(OriginAccount other) =>
        Streams.Count == other.Streams.Count
        && Streams.All(stream => other.Streams.TryGetValue(stream.Key, out var its) && its.High == stream.Value.High && its.Gaps.SequenceEqual(stream.Value.Gaps));

    public TableEntity Row(string origin)
    {
        var row = new TableEntity(Partition, origin) { [GenerationColumn] = Generation, [MarkedAtColumn] = MarkedAt };
        var json = JsonSerializer.SerializeToUtf8Bytes(Streams, LedgerJson.Default.IReadOnlyDictionaryStringStreamAccount);
        foreach (var (index, part) in json.Chunk(ColumnSize).Index())
        {
            row[ColumnOf(index)] = part;
        }

        return row;
    }

    /// <summary>Reads a row that carries our seal.</summary>
    public static bool TryRead(TableEntity row, [NotNullWhen(true)] out OriginAccount? account)
    {
        using var json = new MemoryStream();
        for (var index = 0; row.TryGetValue(ColumnOf(index), out var part) && part is byte[] bytes; index++)
        {
            json.Write(bytes);
        }

        account = row.TryGetValue(GenerationColumn, out var number) && number is long generation
            && row.TryGetValue(MarkedAtColumn, out var time) && time is DateTimeOffset markedAt
            && JsonSerializer.Deserialize(json.ToArray(), LedgerJson.Default.IReadOnlyDictionaryStringStreamAccount) is { } streams
                ? new OriginAccount(streams, generation, markedAt, row.ETag)
                : null;
        return account is not null;
    }

    private static IEnumerable<NumberGap> Without(IEnumerable<NumberGap> gaps, (string Stream, NumberGap Gap) recorded) =>
        gaps.SelectMany(gap => gap == recorded.Gap ? [] : gap.Without(recorded.Gap.First, recorded.Gap.Last)).ToList();

    private static string ColumnOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{StreamsColumn}{index}");
}
