using Azure.Data.Tables;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Meetings;

/// <summary>The registry's rows as storage has them: sealed when they are written, and looked at when they are read.</summary>
public sealed class MeetingTable(TableServiceClient tables, RowSeal seal, RecentMeetings recent, TimeProvider time)
{
    internal const string Name = "meetings";

    private readonly TableClient _table = tables.GetTableClient(Name);

    /// <summary>A row; null when there is none, or none that we sealed.</summary>
    internal async Task<TableEntity?> GetAsync(string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, cancellationToken: cancellationToken);
        return found.HasValue && await seal.CheckAsync(Name, found.Value!, cancellationToken) != SealState.Wrong ? found.Value : null;
    }

    /// <summary>The rows that a filter leaves, so many at once, as storage has them.</summary>
    internal IAsyncEnumerable<TableEntity> QueryAsync(string filter, int atOnce, CancellationToken cancellationToken) =>
        _table.QueryRowsAsync(filter, atOnce, cancellationToken: cancellationToken);

    internal async Task<bool> IsSealedAsync(TableEntity row, CancellationToken cancellationToken) =>
        await seal.CheckAsync(Name, row, cancellationToken) != SealState.Wrong;

    internal async Task ReplaceAsync(TableEntity row, CancellationToken cancellationToken)
    {
        await seal.SealAsync(Name, row, cancellationToken);
        using var changing = recent.Changing(row);
        await _table.ReplaceRowAsync(row, cancellationToken);
    }

    /// <summary>Writes a meeting's row in the place of whatever is there, and those that list it.</summary>
    internal async Task PlaceAsync(TableEntity row, CancellationToken cancellationToken)
    {
        using var changing = recent.Changing(row);
        await _table.SubmitRowsAsync(await ActionsAsync(row, TableTransactionActionType.UpsertReplace, cancellationToken), cancellationToken);
    }

    /// <summary>Writes a row that was read; where it is listed stays as it is.</summary>
    /// <returns>False when somebody else was first.</returns>
    internal async Task<bool> TryUpdateAsync(TableEntity row, CancellationToken cancellationToken)
    {
        await seal.SealAsync(Name, row, cancellationToken);
        using var changing = recent.Changing(row);
        return await _table.TryUpdateRowAsync(row, cancellationToken);
    }

    /// <summary>As <see cref="TryUpdateAsync"/>, and lists the meeting where it belongs now: all of it, or nothing.</summary>
    internal async Task<bool> TryMoveAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var left = MeetingPlaces.KeysOf(row);
        var actions = await ActionsAsync(row, TableTransactionActionType.UpdateReplace, cancellationToken);
        left = [.. left.Except(MeetingPlaces.KeysOf(row))];
        using var changing = recent.Changing(row);
        return await _table.TrySubmitRowsAsync(
            actions, [.. left.Select(key => new TableEntity(row.PartitionKey, key))], cancellationToken);
    }

    private async Task<List<TableTransactionAction>> ActionsAsync(
        TableEntity row, TableTransactionActionType type, CancellationToken cancellationToken)
    {
        var listed = MeetingPlaces.Of(row, time.GetUtcNow());
        MeetingPlaces.Note(row, listed);
        await seal.SealAsync(Name, row, cancellationToken);
        var actions = new List<TableTransactionAction> { new(type, row, row.ETag) };
        foreach (var place in listed)
        {
            await seal.SealAsync(Name, place, cancellationToken);
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, place));
        }

        return actions;
    }
}
