using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Keeps account of the numbers that came off the queue, so that what was taken out of it is missed.</summary>
/// <remarks>
/// A row an origin in the partition <c>.streams</c> of the table <c>audit</c>, sealed. Numbers that wait at the same time are written together.
/// A row that is gone, or not as it was, is reported and written again from what this instance knows: an account is never worth an event.
/// </remarks>
public sealed partial class NumberLedger(TableServiceClient tables, RowSeal seal, TimeProvider time, ILogger<NumberLedger> logger)
{
    /// <summary>How long an account is kept that nothing is added to.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(30);

    /// <summary>The first of a few waits so long for the others.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    /// <summary>What is younger may be on its way between two tellings of the time.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    private const int MaxAttempts = 20;
    private const int MostSeen = 2_000;

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <summary>The newest account that this instance has seen of each origin.</summary>
    private readonly ConcurrentDictionary<string, OriginAccount> _seen = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Mark>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Returns once it is written down that a number has come.</summary>
    internal Task MarkAsync(EventNumber number, CancellationToken cancellationToken)
    {
        var mark = new Mark(number);
        bool isFirst;
        lock (_lock)
        {
            isFirst = _waiting.TryAdd(number.Origin, []);
            _waiting[number.Origin].Add(mark);
        }

        if (isFirst)
        {
            _ = WriteAllAsync(number.Origin);
        }

        return mark.Written.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The account of every origin that is kept; what an earlier key has sealed is sealed anew.</summary>
    internal async Task<IReadOnlyDictionary<string, OriginAccount>> ReadAllAsync(CancellationToken cancellationToken)
    {
        // Known before the question; what others write meanwhile may be missing from the answer.
        var known = _seen.ToArray();
        var accounts = new Dictionary<string, OriginAccount>(StringComparer.Ordinal);
        var rows = _table.QueryRowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq {OriginAccount.Partition}"), cancellationToken: cancellationToken);
        await foreach (var row in rows)
        {
            var state = await seal.CheckAsync(AuditTrail.TableName, row, cancellationToken);
            if (state == SealState.Wrong || !OriginAccount.TryRead(row, out var account))
            {
                continue;
            }

            if (state == SealState.Earlier)
            {
                await seal.SealAsync(AuditTrail.TableName, row, cancellationToken);
                await _table.TryUpdateRowAsync(row, cancellationToken);
                account = account with { ETag = row.ETag };
            }

            accounts[row.RowKey] = account;
        }

        foreach (var (origin, account) in known)
        {
            if (account.MarkedAt < time.GetUtcNow() - KeepFor + Slack)
            {
                _seen.TryRemove(origin, out _);
            }
            else if (!accounts.TryGetValue(origin, out var found) || found.Generation < account.Generation)
            {
                seal.ReportLoss(AuditTrail.TableName, $"{OriginAccount.Partition} {origin}", account.Generation);
                accounts[origin] = await WriteAsync(origin, current => current with { Generation = current.Generation + 1 }, cancellationToken);
            }
        }

        return accounts;
    }

    /// <summary>Takes gaps out of an account, once they are on record.</summary>
    internal Task ClearAsync(string origin, IReadOnlySet<(string Stream, NumberGap Gap)> recorded, CancellationToken cancellationToken) =>
        WriteAsync(origin, account => account.Clear(recorded), cancellationToken);

    /// <summary>Removes an account to which nothing was added for long.</summary>
    internal async Task RemoveAsync(string origin, OriginAccount account, CancellationToken cancellationToken)
    {
        await _table.TryDeleteRowAsync(new TableEntity(OriginAccount.Partition, origin) { ETag = account.ETag!.Value }, cancellationToken);
        _seen.TryRemove(origin, out _);
    }

    private async Task WriteAllAsync(string origin)
    {
        await Task.Delay(Linger).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (TakeAll(origin) is { Count: > 0 } marks)
        {
            try
            {
                // A writer outlives the invocation that started it: others wait for it too.
                await WriteAsync(origin, account => Marked(account, marks), CancellationToken.None);
                marks.ForEach(mark => mark.Written.SetResult());
            }
            catch (Exception exception)
            {
                // Each waiting invocation fails with it, and the queue brings its event again.
                marks.ForEach(mark => mark.Written.SetException(exception));
            }
        }
    }

    private OriginAccount Marked(OriginAccount account, List<Mark> marks)
    {
        var now = time.GetUtcNow();
        // Of what is replayed after so long there is no account any more.
        var numbers = marks.Select(mark => mark.Number).Where(number => account.Generation > 0 || number.At > now - KeepFor + Slack);
        var marked = account.Mark(numbers, now);
        return marked.Says(account) ? account : marked;
    }

    private List<Mark> TakeAll(string origin)
    {
        lock (_lock)
        {
            var all = _waiting[origin];
            _waiting[origin] = [];
            if (all.Count == 0)
            {
                _waiting.Remove(origin);
            }

            return all;
        }
    }

    /// <summary>Changes an account. A change that changes nothing costs nothing.</summary>
    private async Task<OriginAccount> WriteAsync(string origin, Func<OriginAccount, OriginAccount> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var account = attempt == 1 && _seen.TryGetValue(origin, out var seen) ? seen : await ReadAsync(origin, cancellationToken);
            var changed = change(account);
            if (ReferenceEquals(changed, account) || await TryWriteAsync(origin, changed, cancellationToken))
            {
                return changed;
            }

            if (attempt == MaxAttempts)
            {
                throw new RequestFailedException(StatusCodes.Status412PreconditionFailed, "Others are always faster.");
            }

            Log.RowMoved(logger, origin, attempt);
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(attempt * 20)), cancellationToken);
        }
    }

    private async Task<bool> TryWriteAsync(string origin, OriginAccount account, CancellationToken cancellationToken)
    {
        var row = account.Row(origin);
        await seal.SealAsync(AuditTrail.TableName, row, cancellationToken);
        try
        {
            var response = account.ETag is { } etag
                ? await _table.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, cancellationToken)
                : await _table.AddEntityAsync(row, cancellationToken);
            See(origin, account with { ETag = response.Headers.ETag });
            return true;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == TableClientExtensions.NotFound)
        {
            await _table.CreateIfNotExistsAsync(cancellationToken);
            return false;
        }
        catch (RequestFailedException exception) when (
            exception.Status is StatusCodes.Status412PreconditionFailed or StatusCodes.Status409Conflict or StatusCodes.Status404NotFound)
        {
            return false;
        }
    }

    /// <summary>The account as it is stored; as this instance knows it, where that is more.</summary>
    private async Task<OriginAccount> ReadAsync(string origin, CancellationToken cancellationToken)
    {
        // Known before the question.
        var seen = _seen.GetValueOrDefault(origin, OriginAccount.Empty);
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(OriginAccount.Partition, origin, cancellationToken: cancellationToken);
        if (!row.HasValue)
        {
            if (seen.Generation > 0)
            {
                seal.ReportLoss(AuditTrail.TableName, $"{OriginAccount.Partition} {origin}", seen.Generation);
            }

            return seen with { ETag = null };
        }

        if (await seal.CheckAsync(AuditTrail.TableName, row.Value!, cancellationToken) == SealState.Wrong || !OriginAccount.TryRead(row.Value!, out var stored))
        {
            return seen with { ETag = row.Value!.ETag };
        }

        if (stored.Generation < seen.Generation)
        {
            seal.ReportLoss(AuditTrail.TableName, $"{OriginAccount.Partition} {origin}", seen.Generation);
            return seen with { ETag = stored.ETag };
        }

        See(origin, stored);
        return stored;
    }

    private void See(string origin, OriginAccount account)
    {
        _seen.AddOrUpdate(origin, account, (_, seen) => account.Generation >= seen.Generation ? account : seen);
        if (_seen.Count > MostSeen)
        {
            _seen.TryRemove(_seen.MinBy(one => one.Value.MarkedAt).Key, out _);
        }
    }

    /// <summary>A number that waits to be written down.</summary>
    private sealed record Mark(EventNumber Number)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 194, Level = LogLevel.Information, Message = "Another writer was first in the account of {Origin} (attempt {Attempt})")]
        public static partial void RowMoved(ILogger logger, string origin, int attempt);
    }
}
