using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// The container <c>audit-checkpoints</c>, which in Azure nobody can change: <c>{organisation}/{number, 10 digits}.jws</c>, numbered from
/// 1, and <c>.keys/{thumbprint}.json</c> with every public key that ever signed one.
/// </summary>
public sealed class CheckpointStore(BlobServiceClient blobs)
{
    public const string ContainerName = "audit-checkpoints";

    private const string KeyPrefix = ".keys/";
    private const int Parallel = 16;

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>The number of an organisation's last checkpoint, and its compact form; 0 when there is none.</summary>
    public async Task<(long Number, string? Compact)> ReadLastAsync(string organization, CancellationToken cancellationToken)
    {
        // Galloping ahead from the last one that is known: one question where nothing is new, few where all is.
        var low = _last.GetValueOrDefault(organization);
        long step = 1;
        while (await ExistsAsync(organization, low + step, cancellationToken))
        {
            low += step;
            step *= 2;
        }

        var high = low + step;
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = await ExistsAsync(organization, middle, cancellationToken) ? (middle, high) : (low, middle);
        }

        _last[organization] = low;
        return (low, low == 0 ? null : await ReadAsync(organization, low, cancellationToken));
    }

    /// <summary>Keeps a checkpoint and the key that signed it.</summary>
    /// <returns>Whether it is kept: another instance may have been first with this number.</returns>
    public async Task<bool> TryAddAsync(string organization, long number, SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            await CreateAsync($"{KeyPrefix}{checkpoint.Key.Thumbprint}.json", Write(checkpoint.Key), cancellationToken);
            return await CreateAsync(Name(organization, number), BinaryData.FromString(checkpoint.Compact), cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // In Azure the template makes the container; elsewhere the first checkpoint does.
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return await TryAddAsync(organization, number, checkpoint, cancellationToken);
        }
    }

    /// <summary>An organisation's checkpoints, the oldest first: those signed in the range, and the last one before it.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(
        string organization, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var names = await ListAsync($"{organization}/", cancellationToken);
        var start = from is { } moment ? Math.Max(0, await FirstAfterAsync(names, moment, cancellationToken) - 1) : 0;
        var end = to is { } until ? await FirstAfterAsync(names, until, cancellationToken) : names.Count;
        var checkpoints = new List<string>();
        foreach (var some in names.Take(end).Skip(start).Chunk(Parallel))
        {
            checkpoints.AddRange(await Task.WhenAll(some.Select(name => ReadTextAsync(name, cancellationToken))));
        }

        return checkpoints;
    }

    /// <summary>Every public key that ever signed a checkpoint.</summary>
    public async Task<IReadOnlyList<PublicKey>> ReadKeysAsync(CancellationToken cancellationToken)
    {
        var names = await ListAsync(KeyPrefix, cancellationToken);
        var keys = await Task.WhenAll(names.Select(name => ReadTextAsync(name, cancellationToken)));
        return [.. keys.Select(key => JsonSerializer.Deserialize(key, PublicKeyJson.Default.PublicKey)!)];
    }

    /// <summary>The index of the first checkpoint that was signed at or after a moment.</summary>
    private async Task<int> FirstAfterAsync(IReadOnlyList<string> names, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var (low, high) = (0, names.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var isBefore = SignedCheckpoint.TryRead(await ReadTextAsync(names[middle], cancellationToken), out var checkpoint)
                && checkpoint.Statement.SignedAt < moment;
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        try
        {
            await foreach (var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken))
            {
                names.Add(blob.Name);
            }
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // Nothing was signed yet.
        }

        return names;
    }

    private async Task<bool> CreateAsync(string name, BinaryData content, CancellationToken cancellationToken)
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
    }

    private Task<string> ReadAsync(string organization, long number, CancellationToken cancellationToken) =>
        ReadTextAsync(Name(organization, number), cancellationToken);

    private async Task<string> ReadTextAsync(string name, CancellationToken cancellationToken) =>
        (await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToString();

    private async Task<bool> ExistsAsync(string organization, long number, CancellationToken cancellationToken) =>
        await _container.GetBlobClient(Name(organization, number)).ExistsAsync(cancellationToken);

    private static BinaryData Write(PublicKey key) => new(JsonSerializer.SerializeToUtf8Bytes(key, PublicKeyJson.Default.PublicKey));

    private static string Name(string organization, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{organization}/{number:D10}.jws");
}
