using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// The container <c>audit-checkpoints</c>, which in Azure nobody can change: <c>{log's folder}/{number, 10 digits}.json</c>, numbered
/// from 1, <c>.keys/{SHA-256}.json</c> with what keys say of keys, and witnesses' signatures (<see cref="CosignatureStore"/>). Nothing in it is ever overwritten or deleted.
/// </summary>
public sealed class CheckpointStore(BlobServiceClient blobs, AuditOptions options)
{
    public const string ContainerName = "audit-checkpoints";

    private const int NumberDigits = 10;
    private const string Extension = ".json";
    private const string KeyPrefix = ".keys/";
    private const int Parallel = 16;

    /// <summary>What the service lists at once.</summary>
    private const int MaxPage = 5_000;
    private const int MaxText = 1_000;

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(ContainerName);
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>The number of an organisation's last checkpoint, whatever it is; 0 when there is none.</summary>
    public async Task<long> ReadLastNumberAsync(string organization, CancellationToken cancellationToken)
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
        return low;
    }

    /// <summary>A checkpoint; empty where there is garbage in its place, or nothing.</summary>
    public Task<CheckpointFile> ReadAsync(string organization, long number, CancellationToken cancellationToken) =>
        ReadAsync(Name(organization, number), cancellationToken);

    /// <summary>Keeps a checkpoint.</summary>
    /// <returns>Whether it is kept: another instance may have been first with this number.</returns>
    public Task<bool> TryAddAsync(string organization, long number, CheckpointFile checkpoint, CancellationToken cancellationToken) =>
        CreateAsync(Name(organization, number), Write(checkpoint, CheckpointJson.Default.CheckpointFile), cancellationToken);

    /// <summary>The names of an organisation's checkpoints, the oldest first: those signed in the range, and the last one before it.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(
        string organization, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var names = await ListAsync($"{options.FolderOf(organization)}/", cancellationToken);
        var start = from is { } moment ? Math.Max(0, await FirstAfterAsync(names, moment, cancellationToken) - 1) : 0;
        var end = to is { } until ? await FirstAfterAsync(names, until, cancellationToken) : names.Count;
        return [.. names.Take(end).Skip(start)];
    }

    /// <summary>Whether no number is missing between these names of an organisation's checkpoints.</summary>
    public bool AreConsecutive(string organization, IReadOnlyList<string> names) =>
        names is [] || (NumberOf(names[0]) is { } first && names.Select((name, index) => name == Name(organization, first + index)).All(fits => fits));

    /// <summary>Checkpoints by their names.</summary>
    public async Task<IReadOnlyList<CheckpointFile>> ReadAllAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var checkpoints = new List<CheckpointFile>();
        foreach (var some in names.Chunk(Parallel))
        {
            checkpoints.AddRange(await Task.WhenAll(some.Select(name => ReadAsync(name, cancellationToken))));
        }

        return checkpoints;
    }

    /// <summary>The folders of logs that are none of these organisations'.</summary>
    public async Task<IReadOnlyList<string>> FindOthersAsync(IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        var folders = known.Select(options.FolderOf).ToHashSet(StringComparer.Ordinal);
        return [.. (await ListFoldersAsync(cancellationToken)).Where(folder => !folders.Contains(folder))];
    }

    /// <summary>The organisations whose logs these folders are, where a trusted key has signed that, as their last checkpoints say.</summary>
    public async Task<IReadOnlyList<string>> ReadOrganizationsAsync(
        IReadOnlyCollection<string> folders, TrustedKeys trusted, CancellationToken cancellationToken)
    {
        var organizations = new List<string>();
        foreach (var folder in folders)
        {
            if (await ReadOrganizationAsync(folder, trusted, cancellationToken) is { } organization)
            {
                organizations.Add(organization);
            }
        }

        return organizations;
    }

    /// <summary>Whose log a folder is; null for what somebody else has put there.</summary>
    private async Task<string?> ReadOrganizationAsync(string folder, TrustedKeys trusted, CancellationToken cancellationToken)
    {
        var names = await ListAsync($"{folder}/", cancellationToken);
        var files = await ReadAllAsync(names.TakeLast(Parallel).Concat(names.Take(1)), cancellationToken);
        return files.Select(file => CheckpointJws.TryRead(file.Jws, file.Text, out var signature) ? signature : null)
            .OfType<CheckpointJws>()
            .Where(signature => trusted.Pins.Contains(signature.Key.Thumbprint) && options.FolderOf(signature.Organization) == folder)
            .Select(signature => signature.Organization)
            .FirstOrDefault();
    }

    /// <summary>What keys have said of keys.</summary>
    public async Task<IReadOnlyList<KeyStatement>> ReadKeyStatementsAsync(CancellationToken cancellationToken)
    {
        var names = await ListAsync(KeyPrefix, cancellationToken);
        var statements = await Task.WhenAll(names.Select(name => ReadAsync(name, CheckpointJson.Default.KeyStatement, cancellationToken)));
        return [.. statements.OfType<KeyStatement>()];
    }

    public async Task AddKeyStatementAsync(KeyStatement statement, CancellationToken cancellationToken)
    {
        var name = $"{KeyPrefix}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(statement.Jws)))}.json";
        await CreateAsync(name, Write(statement, CheckpointJson.Default.KeyStatement), cancellationToken);
    }

    /// <summary>The index of the first checkpoint that says it was signed at or after a moment; garbage counts as what comes behind it.</summary>
    private async Task<int> FirstAfterAsync(IReadOnlyList<string> names, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var (low, high) = (0, names.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var (isBefore, next) = (false, middle);
            for (var isRead = false; !isRead && next < high; next++)
            {
                var file = await ReadAsync(names[next], cancellationToken);
                isRead = CheckpointJws.TryRead(file.Jws, file.Text, out var signature) && signature.Number == file.Number;
                isBefore = isRead && signature!.SignedAt < moment;
            }

            (low, high) = isBefore ? (next, high) : (low, middle);
        }

        return low;
    }

    /// <summary>All names with a prefix, in their order.</summary>
    internal async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        await ListUpAsync(prefix, MaxPage, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>As <see cref="ListAsync(string, CancellationToken)"/>, as far as somebody asks for them.</summary>
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

    private async Task<IReadOnlyList<string>> ListFoldersAsync(CancellationToken cancellationToken)
    {
        var folders = new List<string>();
        try
        {
            await foreach (var item in _container.GetBlobsByHierarchyAsync(
                BlobTraits.None, BlobStates.None, delimiter: "/", prefix: null, cancellationToken))
            {
                if (item.IsPrefix && item.Prefix is not (KeyPrefix or CosignatureStore.Prefix))
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

    /// <summary>A text of some hundred characters; null where there is none, or a longer one.</summary>
    internal async Task<string?> ReadTextAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var content = (await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToMemory();
            return content.Length <= MaxText ? Encoding.UTF8.GetString(content.Span) : null;
        }
        catch (RequestFailedException exception) when (exception.Status is StatusCodes.Status404NotFound)
        {
            return null;
        }
    }

    /// <summary>What has no name of a checkpoint's is none, whatever it holds.</summary>
    private async Task<CheckpointFile> ReadAsync(string name, CancellationToken cancellationToken) =>
        NumberOf(name) is { } number && await ReadAsync(name, CheckpointJson.Default.CheckpointFile, cancellationToken) is { } file
            ? file with { Number = number }
            : new CheckpointFile("", "") { Number = NumberOf(name) };

    private async Task<T?> ReadAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var content = (await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content;
            return JsonSerializer.Deserialize(content, type);
        }
        catch (Exception exception) when (exception is JsonException or RequestFailedException { Status: StatusCodes.Status404NotFound })
        {
            return null;
        }
    }

    private Task<bool> ExistsAsync(string organization, long number, CancellationToken cancellationToken) =>
        IsThereAsync(Name(organization, number), cancellationToken);

    internal async Task<bool> IsThereAsync(string name, CancellationToken cancellationToken) =>
        await _container.GetBlobClient(name).ExistsAsync(cancellationToken);

    private static BinaryData Write<T>(T value, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Null for a name that none of ours has: a number has one spelling, and one place.</summary>
    internal static long? NumberOf(string name) =>
        name.Split('/') is [_, var file]
        && file.Length == NumberDigits + Extension.Length
        && file.EndsWith(Extension, StringComparison.Ordinal)
        && long.TryParse(file.AsSpan(0, NumberDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private string Name(string organization, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{options.FolderOf(organization)}/{number:D10}{Extension}");
}
