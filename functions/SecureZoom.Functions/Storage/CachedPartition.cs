using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Storage;

/// <summary>
/// A partition of a small table that every instance has at hand, whole: read before its first use and every few seconds after, so that
/// looking something up asks nobody.
/// </summary>
/// <remarks>
/// Rows are sealed. A head row counts the changes and has a digest of the rows that there are, so that one that was removed, or put back
/// after a change, shows: such a partition counts as unread. Only the whole of it put back as it was before an instance's start does not.
/// </remarks>
public sealed partial class CachedPartition(TableClient table, string partition, RowSeal seal, TimeProvider time, ILogger<CachedPartition> logger)
    : BackgroundService
{
    /// <summary>The most rows that it holds.</summary>
    public const int Capacity = 10_000;

    /// <summary>The property that says when a row may go: at the next change after it, or that night. A row without it stays.</summary>
    public const string KeepUntil = "KeepUntil";

    /// <summary>The most rows that one change may write.</summary>
    public const int MostAtOnce = 40;

    /// <summary>How often it is read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How long what was read last may be gone by.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How long the first reading of an instance is waited for, which has much else to do then.</summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(8);

    private const int Attempts = 4;
    private const int Readings = 7;

    /// <summary>The most that is waited after the first reading that changes came into; twice as much after the next, and so on.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();

    /// <summary>Changes of one instance wait for each other, so that only those of others can come between.</summary>
    private readonly SemaphoreSlim _changing = new(1);
    private volatile Reading? _latest;
    private Task? _underWay;
    private long _failedAt = DateTimeOffset.MinValue.UtcTicks;

    /// <summary>The rows, by key, as they were read last; where any age will do, however long ago. While readings fail, nobody waits for the next.</summary>
    /// <exception cref="StorageUnavailableException">They could not be read for a minute, or never.</exception>
    public async ValueTask<IReadOnlyDictionary<string, TableEntity>> RowsAsync(CancellationToken cancellationToken, bool anyAge = false)
    {
        if (!IsFresh(_latest) && time.GetUtcNow().UtcTicks - Volatile.Read(ref _failedAt) >= Interval.Ticks)
        {
            await Task.WhenAny(ReadAsync(), Task.Delay(_latest is null ? FirstPatience : StorageConnection.Timeout, cancellationToken));
        }

        return Rows(anyAge);
    }

    /// <summary>As they are at hand, without waiting for a reading.</summary>
    /// <inheritdoc cref="RowsAsync"/>
    public IReadOnlyDictionary<string, TableEntity> Rows(bool anyAge) => _latest is { } latest && (anyAge || IsFresh(latest))
        ? latest.Contents.Rows
        : throw new StorageUnavailableException($"{partition} in {table.Name} was not read for too long.");

    /// <summary>Writes rows, all or none, and forgets those whose time has come.</summary>
    /// <param name="change">From the newest rows to those to be written, by their keys; none when there is nothing to do. May be called again.</param>
    /// <param name="forgets">Whether a row may go at once; not all do at a time.</param>
    /// <exception cref="StorageUnavailableException">
    /// The rows are not those that we wrote, too many, or change faster than they can be read; or changes before this one take too long.
    /// </exception>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public Task ChangeAsync(
        Func<IReadOnlyDictionary<string, TableEntity>, IReadOnlyList<TableEntity>> change, CancellationToken cancellationToken) =>
        ChangeAsync(rows => new PartitionChange(change(rows), []), cancellationToken);

    /// <summary>Writes rows and takes others out, all or none, and forgets those whose time has come.</summary>
    /// <inheritdoc cref="ChangeAsync(Func{IReadOnlyDictionary{string, TableEntity}, IReadOnlyList{TableEntity}}, CancellationToken)"/>
    public async Task ChangeAsync(Func<IReadOnlyDictionary<string, TableEntity>, PartitionChange> change, CancellationToken cancellationToken)
    {
        await WaitForOthersAsync(cancellationToken);
        try
        {
            await ChangeNowAsync(change, cancellationToken);
        }
        finally
        {
            _changing.Release();
        }
    }

    public override void Dispose()
    {
        _changing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await ReadAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task WaitForOthersAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _changing.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException($"Changes of {partition} in {table.Name} take too long.");
        }
    }

    private async Task ChangeNowAsync(Func<IReadOnlyDictionary<string, TableEntity>, PartitionChange> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var asked = time.GetUtcNow();
            var contents = await FetchAsync(cancellationToken);
            var due = change(contents.Rows);
            try
            {
                Keep(new Reading(due is { Written: [], Removed: [] } ? contents : await WriteAsync(contents, due, cancellationToken), asked));
                return;
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412 && attempt < Attempts)
            {
                // Somebody else's change was first.
            }
        }
    }

    private bool IsFresh(Reading? reading) => reading is not null && time.GetUtcNow() - reading.AskedAt < Patience;

    /// <summary>The reading under way, or a new one. It does not fail.</summary>
    private Task ReadAsync()
    {
        lock (_lock)
        {
            return _underWay = _underWay is { IsCompleted: false } underWay ? underWay : ReadNowAsync();
        }
    }

    private async Task ReadNowAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var timeout = new CancellationTokenSource(Interval, time);
        var asked = time.GetUtcNow();
        try
        {
            Keep(new Reading(await FetchAsync(timeout.Token), asked));
        }
        catch (Exception exception)
        {
            // Whatever it is, the next reading tries again; thrown on, it would end the whole process.
            Volatile.Write(ref _failedAt, time.GetUtcNow().UtcTicks);
            Log.Unread(logger, exception.GetType().Name, partition, table.Name);
        }
    }

    private void Keep(Reading reading)
    {
        lock (_lock)
        {
            // One that began earlier may end later.
            if (_latest is null || reading.Contents.Generation >= _latest.Contents.Generation)
            {
                _latest = reading;
            }
        }
    }

    /// <summary>All rows, and that they are those which the head tells of.</summary>
    /// <remarks>
    /// Pages are read one after the other, and a change may come between two. So rows that do not fit are wrong only where the head counts
    /// as many changes after they were read as before; otherwise they are read again.
    /// </remarks>
    private async Task<PartitionContents> FetchAsync(CancellationToken cancellationToken)
    {
        long? before = null;
        for (var reading = 1; reading <= Readings; reading++)
        {
            var known = _latest?.Contents.Generation ?? 0;
            var contents = await QueryAsync(cancellationToken);
            if (contents.IsWhole && contents.Generation >= known)
            {
                return contents;
            }

            var after = await CountChangesAsync(cancellationToken);
            if (contents.IsWhole || after == before)
            {
                seal.ReportLoss(table.Name, partition, contents.Generation);
                throw new StorageUnavailableException($"The rows of {partition} in {table.Name} are not those that were written.");
            }

            // The second tells what the first cannot: nothing is waited for before it.
            if (before is not null)
            {
                await Task.Delay(FirstPause * (1 << (reading - 2)) * Random.Shared.NextDouble(), time, cancellationToken);
            }

            before = after;
        }

        throw new StorageUnavailableException($"The rows of {partition} in {table.Name} change faster than they can be read.");
    }

    private async Task<long> CountChangesAsync(CancellationToken cancellationToken)
    {
        var head = await table.GetEntityIfExistsAsync<TableEntity>(partition, PartitionContents.HeadKey, cancellationToken: cancellationToken);
        return head.HasValue && head.Value!.TryGetValue(PartitionContents.GenerationProperty, out var changes) && changes is long count ? count : 0;
    }

    private async Task<PartitionContents> QueryAsync(CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        var found = 0;
        await foreach (var row in table.QueryRowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken))
        {
            if (++found > 2 * Capacity)
            {
                throw new StorageUnavailableException($"There are too many rows of {partition} in {table.Name}.");
            }

            if (await seal.CheckAsync(table.Name, row, cancellationToken) != SealState.Wrong)
            {
                rows[row.RowKey] = row;
            }
        }

        rows.Remove(PartitionContents.HeadKey, out var head);
        return new PartitionContents(head, rows);
    }

    private async Task<PartitionContents> WriteAsync(PartitionContents contents, PartitionChange change, CancellationToken cancellationToken)
    {
        var written = change.Written;
        var rows = new Dictionary<string, TableEntity>(contents.Rows, StringComparer.Ordinal);
        var now = time.GetUtcNow();
        var forgotten = change.Removed.Where(rows.ContainsKey).Select(key => rows[key])
            .Concat(rows.Values.Where(row => PartitionContents.MayGo(row, now))).DistinctBy(row => row.RowKey).Take(PartitionChange.MostRemoved).ToList();
        forgotten.ForEach(row => rows.Remove(row.RowKey));
        foreach (var row in written)
        {
            row.PartitionKey = partition;
            row[PartitionContents.GenerationProperty] = contents.Generation + 1;
            rows[row.RowKey] = row;
        }

        if (rows.Count > Capacity)
        {
            Log.Full(logger, partition, table.Name, Capacity);
            throw new StorageUnavailableException($"There is no room for more rows of {partition} in {table.Name}.");
        }

        var head = PartitionContents.NewHead(partition, contents.Generation + 1, rows);
        foreach (var row in written.Append(head))
        {
            await seal.SealAsync(table.Name, row, cancellationToken);
        }

        await table.SubmitRowsAsync(
            [
                .. forgotten.Where(row => !rows.ContainsKey(row.RowKey)).Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)),
                .. written.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                contents.Head is { } before
                    ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, head, before.ETag)
                    : new TableTransactionAction(TableTransactionActionType.Add, head),
            ],
            cancellationToken);
        return new PartitionContents(head, rows);
    }

    /// <summary>What was read, and when it was asked for.</summary>
    private sealed record Reading(PartitionContents Contents, DateTimeOffset AskedAt);

    private static partial class Log
    {
        [LoggerMessage(EventId = 111, Level = LogLevel.Error, Message = "{Failure}: {Partition} in {Table} cannot be read; what was read last serves for a minute")]
        public static partial void Unread(ILogger logger, string failure, string partition, string table);

        [LoggerMessage(EventId = 112, Level = LogLevel.Critical, Message = "{Partition} in {Table} holds {Capacity} rows and takes no more")]
        public static partial void Full(ILogger logger, string partition, string table, int capacity);
    }
}
