using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// The container <c>audit-checkpoints</c>, which in Azure nobody can change: what is in it is never overwritten or deleted. Others may
/// have put anything there: it is read no further than ours is long.
/// </summary>
public sealed class CheckpointBlobs(BlobServiceClient blobs)
{
    public const string ContainerName = "audit-checkpoints";

    /// <summary>What the service lists at once.</summary>
    private const int MaxPage = 5_000;
    private const int MaxText = 1_000;

    /// <summary>The most of a blob that is read: none of ours is as long.</summary>
    private const int MaxBytes = 0x8000;

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);

    /// <summary>All names with a prefix, in their order.</summary>
    internal async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        await ListUpAsync(prefix, MaxPage, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>As <see cref="ListAsync"/>, as far as somebody asks for them.</summary>
    /// <param name="atOnce">How many are asked for together.</param>
    internal async IAsyncEnumerable<string> ListUpAsync(string prefix, int atOnce, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pages = _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken)
            .AsPages(pageSizeHint: atOnce).GetAsyncEnumerator(cancellationToken);
        while (await TryMoveAsync())
        {
            foreach (var blob in pages.Current.Values)
            {
                yield return blob.Name;
            }
        }

        async Task<bool> TryMoveAsync()
        {
            try
            {
                return await pages.MoveNextAsync();
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                // Nothing was signed yet.
                return false;
            }
        }
    }

    /// <summary>The folders at the top.</summary>
    internal async Task<IReadOnlyList<string>> ListFoldersAsync(CancellationToken cancellationToken)
    {
        var folders = new List<string>();
        try
        {
            await foreach (var item in _container.GetBlobsByHierarchyAsync(
                BlobTraits.None, BlobStates.None, delimiter: "/", prefix: null, cancellationToken))
            {
                if (item.IsPrefix)
                {
                    folders.Add(item.Prefix.TrimEnd('/'));
                }
            }
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Nothing was signed yet.
        }

        return folders;
    }

    /// <returns>False when it is there already: nothing is ever overwritten.</returns>
    internal async Task<bool> CreateAsync(string name, BinaryData content, CancellationToken cancellationToken)
    {
        try
        {
            var onlyNew = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await _container.GetBlobClient(name).UploadAsync(content, onlyNew, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return false;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // In Azure the template makes the container; elsewhere the first checkpoint does.
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return await CreateAsync(name, content, cancellationToken);
        }
    }

    internal async Task<bool> IsThereAsync(string name, CancellationToken cancellationToken) =>
        await _container.GetBlobClient(name).ExistsAsync(cancellationToken);

    /// <summary>A text of some hundred characters; null where there is none, or a longer one.</summary>
    internal async Task<string?> ReadTextAsync(string name, CancellationToken cancellationToken) =>
        await DownloadAsync(name, cancellationToken) is { } content && content.ToMemory() is { Length: <= MaxText } text
            ? Encoding.UTF8.GetString(text.Span)
            : null;

    /// <summary>What a blob says in JSON; null where there is none, or garbage.</summary>
    internal async Task<T?> ReadAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await DownloadAsync(name, cancellationToken) is { } content ? JsonSerializer.Deserialize(content, type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static BinaryData Write<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>The beginning of a blob; null where there is none, or an empty one.</summary>
    private async Task<BinaryData?> DownloadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var beginning = new BlobDownloadOptions { Range = new HttpRange(0, MaxBytes) };
            return (await _container.GetBlobClient(name).DownloadContentAsync(beginning, cancellationToken)).Value.Content;
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status404NotFound or StatusCodes.Status416RangeNotSatisfiable)
        {
            return null;
        }
    }
}
