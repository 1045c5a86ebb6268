using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>
/// A trail's summaries, in its partition of the table <c>audit</c>: <c>s:state</c>, and of each hour and day in which something happened
/// <c>s:{h|d}:{time}</c>, the counts, and <c>s:p{h|d}:{time}</c>, the people as MACs. Whoever changes one writes the state with it, on
/// condition that nobody else has: what is counted is counted once.
/// </summary>
/// <remarks>They are caches of the trail: a row that is not ours is none. Who takes rows away takes counts away, until the summary is made anew.</remarks>
internal sealed class SummaryTable(TableServiceClient tables, SecretStore secrets)
{
    private const string StateKey = "s:state";
    private const string Label = "summary";

    /// <summary>Rows that go at once.</summary>
    private const int AtOnce = 100;

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    public ValueTask<StableMac> MacAsync(CancellationToken cancellationToken) => StableMac.OpenAsync(secrets, Label, cancellationToken);

    /// <summary>Up to where a trail is summarised; null where it is not, or where what says so is not ours.</summary>
    public async Task<(SummaryState? State, ETag? Tag)> ReadStateAsync(string organization, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(organization, StateKey, cancellationToken: cancellationToken);
        if (!row.HasValue)
        {
            return (null, null);
        }

        var json = MacedRow.TryRead(row.Value!, await MacAsync(cancellationToken));
        return (json is null ? null : JsonSerializer.Deserialize(json, SummaryJson.Default.SummaryState), row.Value!.ETag);
    }

    /// <summary>The counts from one hour or day up to another, which is not included; those of another summary are not there.</summary>
    public async Task<IReadOnlyDictionary<DateTimeOffset, SummaryCounts>> ReadCountsAsync(
        string organization, SummarySpan span, DateTimeOffset from, DateTimeOffset to, string generation, CancellationToken cancellationToken)
    {
        var found = new Dictionary<DateTimeOffset, SummaryCounts>();
        await foreach (var (row, counts) in QueryCountsAsync(organization, KeyOf(span, from), KeyOf(span, to), cancellationToken))
        {
            if (counts?.Generation == generation && TimeOf(span, row.RowKey) is { } start)
            {
                found[start] = counts;
            }
        }

        return found;
    }

    /// <summary>An hour or a day as it is counted so far.</summary>
    public async Task<SummaryBucket> ReadAsync(string organization, SummarySpan span, DateTimeOffset start, string generation, CancellationToken cancellationToken)
    {
        var json = await ContentAsync(organization, KeyOf(span, start), cancellationToken);
        return json is not null && JsonSerializer.Deserialize(json, SummaryJson.Default.SummaryCounts) is { } counts && counts.Generation == generation
            ? await ReadAsync(organization, span, start, counts, cancellationToken)
            : SummaryBucket.New(span, start, generation);
    }

    /// <summary>The same, where the counts are at hand.</summary>
    public async Task<SummaryBucket> ReadAsync(string organization, SummarySpan span, DateTimeOffset start, SummaryCounts counts, CancellationToken cancellationToken)
    {
        var people = await ContentAsync(organization, PeopleKeyOf(span, start), cancellationToken);
        return new SummaryBucket(span, start, counts, SummaryPeople.Of(people ?? []));
    }

    /// <summary>Writes the state and what has changed with it, all or nothing.</summary>
    /// <param name="tag">The state's as it was read; null where there was none.</param>
    /// <returns>The state's new tag; null where somebody else has changed it, and nothing is written.</returns>
    public async Task<ETag?> TryWriteAsync(
        string organization, SummaryState state, ETag? tag, IEnumerable<SummaryBucket> changed, CancellationToken cancellationToken)
    {
        var mac = await MacAsync(cancellationToken);
        var rows = changed.SelectMany(bucket => RowsOf(organization, bucket, mac)).ToList();
        return await TryWriteRowsAsync(StateRow(organization, state, mac), tag, rows, cancellationToken);
    }

    /// <summary>Takes out the rows that a condition is true of, of their key and counts; those whose content is not ours are null.</summary>
    public async Task RemoveAsync(string organization, Func<SummarySpan, DateTimeOffset, SummaryCounts?, bool> which, CancellationToken cancellationToken)
    {
        var gone = new List<string>();
        foreach (var span in (SummarySpan[])[SummarySpan.Hour, SummarySpan.Day])
        {
            await foreach (var (row, counts) in QueryCountsAsync(organization, PrefixOf(span), EndOf(PrefixOf(span)), cancellationToken))
            {
                if (TimeOf(span, row.RowKey) is not { } start || which(span, start, counts))
                {
                    gone.AddRange([row.RowKey, row.RowKey.Replace(PrefixOf(span), PeoplePrefixOf(span), StringComparison.Ordinal)]);
                }
            }
        }

        foreach (var some in gone.Chunk(AtOnce))
        {
            await RemoveAsync(organization, some, cancellationToken);
        }
    }

    /// <summary>All hours and days of an organisation that are ours.</summary>
    public async IAsyncEnumerable<SummaryBucket> ReadAllAsync(string organization, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var span in (SummarySpan[])[SummarySpan.Hour, SummarySpan.Day])
        {
            await foreach (var (row, counts) in QueryCountsAsync(organization, PrefixOf(span), EndOf(PrefixOf(span)), cancellationToken))
            {
                if (counts is not null && TimeOf(span, row.RowKey) is { } start)
                {
                    yield return await ReadAsync(organization, span, start, counts, cancellationToken);
                }
            }
        }
    }

    private async Task<ETag?> TryWriteRowsAsync(TableEntity state, ETag? tag, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        TableTransactionAction[] actions =
        [
            tag is { } known ? new(TableTransactionActionType.UpdateReplace, state, known) : new(TableTransactionActionType.Add, state),
            .. rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
        ];
        try
        {
            var responses = await _table.SubmitTransactionAsync(actions, cancellationToken);
            return responses.Value[0].Headers.ETag;
        }
        catch (RequestFailedException exception) when (
            exception.Status is StatusCodes.Status404NotFound or StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed)
        {
            return null;
        }
    }

    private static TableEntity StateRow(string organization, SummaryState state, StableMac mac)
    {
        state.Trim(state.RecordedAt);
        var json = JsonSerializer.SerializeToUtf8Bytes(state, SummaryJson.Default.SummaryState);
        while (json.Length > MacedRow.MaxBytes)
        {
            state.ForgetHalf(state.RecordedAt);
            json = JsonSerializer.SerializeToUtf8Bytes(state, SummaryJson.Default.SummaryState);
        }

        return MacedRow.Write(organization, StateKey, json, mac);
    }

    private static IEnumerable<TableEntity> RowsOf(string organization, SummaryBucket bucket, StableMac mac) =>
    [
        MacedRow.Write(organization, KeyOf(bucket.Span, bucket.Start), JsonSerializer.SerializeToUtf8Bytes(bucket.Counts, SummaryJson.Default.SummaryCounts), mac),
        MacedRow.Write(organization, PeopleKeyOf(bucket.Span, bucket.Start), bucket.People.ToBytes(), mac),
    ];

    private async Task<byte[]?> ContentAsync(string organization, string key, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(organization, key, cancellationToken: cancellationToken);
        return row.HasValue ? MacedRow.TryRead(row.Value!, await MacAsync(cancellationToken)) : null;
    }

    /// <summary>Rows of counts, each with what it says; null where that is not ours.</summary>
    private async IAsyncEnumerable<(TableEntity Row, SummaryCounts? Counts)> QueryCountsAsync(
        string organization, string from, string to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var mac = await MacAsync(cancellationToken);
        await foreach (var row in _table.QueryRowsAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {organization} and RowKey ge {from} and RowKey lt {to}"), cancellationToken: cancellationToken))
        {
            yield return (row, MacedRow.TryRead(row, mac) is { } json ? JsonSerializer.Deserialize(json, SummaryJson.Default.SummaryCounts) : null);
        }
    }

    private async Task RemoveAsync(string organization, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                keys.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(organization, key), ETag.All)), cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            // One of them is gone: each by itself.
            foreach (var key in keys)
            {
                await _table.DeleteEntityAsync(organization, key, ETag.All, cancellationToken);
            }
        }
    }

    private static string PrefixOf(SummarySpan span) => $"s:{span.Letter}:";

    private static string PeoplePrefixOf(SummarySpan span) => $"s:p{span.Letter}:";

    private static string EndOf(string prefix) => $"{prefix[..^1]};";

    private static string KeyOf(SummarySpan span, DateTimeOffset start) => PrefixOf(span) + span.TextOf(start);

    private static string PeopleKeyOf(SummarySpan span, DateTimeOffset start) => PeoplePrefixOf(span) + span.TextOf(start);

    private static DateTimeOffset? TimeOf(SummarySpan span, string key) => span.TryParse(key[PrefixOf(span).Length..]);
}
