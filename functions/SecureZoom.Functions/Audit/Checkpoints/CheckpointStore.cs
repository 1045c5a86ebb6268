using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Checkpoints, <c>{log's folder}/{number, 10 digits}.json</c> from 1 on without a gap, and what keys say of keys,
/// <c>.keys/{SHA-256}.json</c>.
/// </summary>
public sealed class CheckpointStore(CheckpointBlobs blobs, AuditOptions options)
{
    private const int NumberDigits = 10;
    private const long MaxNumber = 9_999_999_999;
    private const string Extension = ".json";
    private const string KeyFolder = ".keys";
    private const string KeyPrefix = $"{KeyFolder}/";
    private const int Parallel = 16;

    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>
    /// The number of an organisation's last checkpoint, or of something that somebody has put behind it, with or without a gap; 0 when
    /// there is nothing.
    /// </summary>
    public async Task<long> ReadLastNumberAsync(string organization, CancellationToken cancellationToken)
    {
        // Galloping ahead from the last one that is known: one question where nothing is new, few where all is.
        var low = _last.GetValueOrDefault(organization);
        long step = 1;
        while (low + step <= MaxNumber && await ExistsAsync(organization, low + step, cancellationToken))
        {
            low += step;
            step *= 2;
        }

        var high = Math.Min(low + step, MaxNumber + 1);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = await ExistsAsync(organization, middle, cancellationToken) ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Where to look for an organisation's next checkpoints from here on.</summary>
    internal void Remember(string organization, long number) => _last[organization] = number;

    /// <summary>The numbers under which there is anything, in their order.</summary>
    internal async Task<IReadOnlyList<long>> ListNumbersAsync(string organization, CancellationToken cancellationToken) =>
        [.. (await blobs.ListAsync($"{options.FolderOf(organization)}/", cancellationToken)).Select(NumberOf).OfType<long>()];

    /// <summary>A checkpoint; empty where there is garbage in its place, or nothing.</summary>
    public Task<CheckpointFile> ReadAsync(string organization, long number, CancellationToken cancellationToken) =>
        ReadAsync(Name(organization, number), cancellationToken);

    /// <summary>Keeps a checkpoint.</summary>
    /// <returns>Whether it is kept: another instance may have been first with this number.</returns>
    public Task<bool> TryAddAsync(string organization, long number, CheckpointFile checkpoint, CancellationToken cancellationToken) =>
        blobs.CreateAsync(Name(organization, number), CheckpointBlobs.Write(checkpoint, CheckpointJson.Default.CheckpointFile), cancellationToken);

    /// <summary>The names of an organisation's checkpoints, the oldest first: those signed in the range, and the last one before it.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(
        string organization, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var names = await blobs.ListAsync($"{options.FolderOf(organization)}/", cancellationToken);
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
        return [.. (await blobs.ListFoldersAsync(cancellationToken)).Where(folder => folder is not (KeyFolder or CosignatureStore.TopFolder) && !folders.Contains(folder))];
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
        var names = await blobs.ListAsync($"{folder}/", cancellationToken);
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
        var names = await blobs.ListAsync(KeyPrefix, cancellationToken);
        var statements = await Task.WhenAll(names.Select(name => blobs.ReadAsync(name, CheckpointJson.Default.KeyStatement, cancellationToken)));
        return [.. statements.OfType<KeyStatement>()];
    }

    public async Task AddKeyStatementAsync(KeyStatement statement, CancellationToken cancellationToken)
    {
        var name = $"{KeyPrefix}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(statement.Jws)))}.json";
        await blobs.CreateAsync(name, CheckpointBlobs.Write(statement, CheckpointJson.Default.KeyStatement), cancellationToken);
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

    /// <summary>What has no name of a checkpoint's is none, whatever it holds.</summary>
    private async Task<CheckpointFile> ReadAsync(string name, CancellationToken cancellationToken) =>
        NumberOf(name) is { } number && await blobs.ReadAsync(name, CheckpointJson.Default.CheckpointFile, cancellationToken) is { } file
            ? file with { Number = number }
            : new CheckpointFile("", "") { Number = NumberOf(name) };

    private Task<bool> ExistsAsync(string organization, long number, CancellationToken cancellationToken) =>
        blobs.IsThereAsync(Name(organization, number), cancellationToken);

    /// <summary>Null for a name that none of ours has: a number has one spelling, and one place.</summary>
    internal static long? NumberOf(string name) =>
        name.Split('/') is [_, var file]
        && file.Length == NumberDigits + Extension.Length
        && file.EndsWith(Extension, StringComparison.Ordinal)
        && long.TryParse(file.AsSpan(0, NumberDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? number
            : null;

    private string Name(string organization, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{options.FolderOf(organization)}/{number:D10}{Extension}");
}
