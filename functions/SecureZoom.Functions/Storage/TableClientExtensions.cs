using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Functions.Storage;

/// <summary>A table that may not be there yet: in Azure the template makes it, elsewhere the first write does.</summary>
internal static class TableClientExtensions
{
    /// <summary>The error's code when there is no table.</summary>
    public const string NotFound = "TableNotFound";

    /// <summary>The rows that a filter leaves, or all; none while there is no table.</summary>
    public static async IAsyncEnumerable<TableEntity> QueryRowsAsync(
        this TableClient table,
        string? filter,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var rows = table.QueryAsync<TableEntity>(filter, maxPerPage, select, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(rows))
        {
            yield return rows.Current;
        }
    }

    /// <summary>Writes a row, in the place of the one that is there.</summary>
    public static Task ReplaceRowAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken) =>
        WriteAsync(table, () => table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken), cancellationToken);

    /// <summary>Writes a row that was read, and can be written once more then.</summary>
    /// <returns>False when it has been changed since, or is not there any more.</returns>
    public static Task<bool> TryUpdateRowAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        var response = await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, cancellationToken);
        row.ETag = response.Headers.ETag ?? row.ETag;
        return response;
    });

    /// <summary>Deletes a row that was read.</summary>
    /// <inheritdoc cref="TryUpdateRowAsync"/>
    public static Task<bool> TryDeleteRowAsync(this TableClient table, TableEntity row, CancellationToken cancellationToken) =>
        TryAsync(() => table.DeleteEntityAsync(row, row.ETag, cancellationToken));

    /// <summary>Writes rows of one partition, all or none.</summary>
    public static Task SubmitRowsAsync(
        this TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        WriteAsync(table, () => table.SubmitTransactionAsync(actions, cancellationToken), cancellationToken);

    /// <summary>As <see cref="SubmitRowsAsync"/> for a row that was read, the first, and what goes with it.</summary>
    /// <param name="leaving">Rows that go too; it does not matter whether they are there.</param>
    /// <returns>False when the first row has been changed since, or is not there any more.</returns>
    public static async Task<bool> TrySubmitRowsAsync(
        this TableClient table, IReadOnlyList<TableTransactionAction> actions, IReadOnlyList<TableEntity> leaving, CancellationToken cancellationToken)
    {
        try
        {
            await SubmitAsync(table, [.. actions, .. leaving.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All))], cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status412PreconditionFailed)
        {
            return false;
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound && leaving.Count > 0)
        {
            // One that should have gone was gone: the rest is written without them, which then go each by itself.
            if (!await table.TrySubmitRowsAsync(actions, [], cancellationToken))
            {
                return false;
            }

            foreach (var row in leaving)
            {
                await TryAsync(() => table.DeleteEntityAsync(row, ETag.All, cancellationToken));
            }

            return true;
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status404NotFound)
        {
            return false;
        }
    }

    /// <summary>The rows can be written once more then.</summary>
    private static async Task SubmitAsync(TableClient table, TableTransactionAction[] actions, CancellationToken cancellationToken)
    {
        var responses = await table.SubmitTransactionAsync(actions, cancellationToken);
        foreach (var (action, response) in actions.Zip(responses.Value))
        {
            action.Entity.ETag = response.Headers.ETag ?? action.Entity.ETag;
        }
    }

    private static async Task<bool> TryAsync(Func<Task<Response>> write)
    {
        try
        {
            return !(await write()).IsError;
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status404NotFound or StatusCodes.Status412PreconditionFailed)
        {
            return false;
        }
    }

    private static async Task WriteAsync(TableClient table, Func<Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write();
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == NotFound)
        {
            await CreateAsync(table, cancellationToken);
            await write();
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<TableEntity> rows)
    {
        try
        {
            return await rows.MoveNextAsync();
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == NotFound)
        {
            return false;
        }
    }

    private static async Task CreateAsync(TableClient table, CancellationToken cancellationToken)
    {
        try
        {
            await table.CreateAsync(cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == StatusCodes.Status409Conflict)
        {
            // Made by somebody else meanwhile.
        }
    }
}
