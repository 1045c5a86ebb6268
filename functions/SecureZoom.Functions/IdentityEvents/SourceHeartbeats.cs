using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>When each source was heard last, and up to where its log was read: a partition of the table <c>access</c>, a row a source.</summary>
public sealed partial class SourceHeartbeats(
    IdentityEventsOptions options, [FromKeyedServices(SourceHeartbeats.Partition)] CachedPartition rows, TimeProvider time, ILogger<SourceHeartbeats> logger)
{
    internal const string Partition = "sources";

    /// <summary>After how long a source counts as silent, since it was heard last, or configured.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    /// <summary>How precisely it is written down: not with every call.</summary>
    private static readonly TimeSpan Precision = TimeSpan.FromMinutes(5);

    private const string HeardAt = "HeardAt";
    private const string KnownSince = "KnownSince";
    private const string Cursor = "Cursor";
    private const string ReadTo = "ReadTo";
    private const string NotBefore = "NotBefore";

    /// <summary>Writes down that a source was heard. Best effort: what it told is durable already.</summary>
    public async Task BeatAsync(IdentitySource source, CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            if (!((await FindAsync(source, cancellationToken))?.GetDateTimeOffset(HeardAt) > now - Precision))
            {
                await WriteAsync(source, row => row[HeardAt] = now, cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotWritten(logger, exception.GetType().Name, source.Name);
        }
    }

    /// <summary>Whether a source has been silent for too long: of one that was never heard, since it was met first.</summary>
    /// <exception cref="StorageUnavailableException">That is not known now.</exception>
    public async ValueTask<bool> AreSilentAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = await rows.RowsAsync(cancellationToken);
        foreach (var source in options.Sources.Where(source => HeardSince(known.GetValueOrDefault(source.Name)) is null))
        {
            await WriteAsync(source, row => row[KnownSince] ??= now, cancellationToken);
        }

        return options.Sources.Any(source => HeardSince(known.GetValueOrDefault(source.Name)) < now - Silence);
    }

    /// <summary>The sources that speak for an organisation, when each was heard last, and whether it has been silent for too long.</summary>
    /// <exception cref="StorageUnavailableException">That is not known now.</exception>
    public async ValueTask<IReadOnlyList<(string Type, DateTimeOffset? HeardAt, bool IsSilent)>> ReadAsync(string organization, CancellationToken cancellationToken)
    {
        var (now, known) = (time.GetUtcNow(), await rows.RowsAsync(cancellationToken));
        return
        [
            .. from source in options.Sources
               where source.MaySpeakFor(organization)
               let row = known.GetValueOrDefault(source.Name)
               select (source.Type, row?.GetDateTimeOffset(HeardAt), HeardSince(row) < now - Silence),
        ];
    }

    /// <summary>Up to where a source's log was read.</summary>
    internal async ValueTask<SourcePlace> PlaceAsync(IdentitySource source, CancellationToken cancellationToken) =>
        await FindAsync(source, cancellationToken) is { } row
            ? new SourcePlace(row.GetString(Cursor), row.GetDateTimeOffset(ReadTo), row.GetDateTimeOffset(NotBefore))
            : default;

    /// <summary>Writes down up to where a source's log was read: what it told is durable, and it was heard.</summary>
    /// <param name="readTo">What was persisted there before that time was told.</param>
    internal Task AdvanceAsync(IdentitySource source, string cursor, DateTimeOffset? readTo, CancellationToken cancellationToken) => WriteAsync(
        source,
        row =>
        {
            row[HeardAt] = time.GetUtcNow();
            row[Cursor] = cursor;
            row[ReadTo] = readTo;
            row[NotBefore] = null;
        },
        cancellationToken);

    /// <summary>Writes down where to go on, and when, after a refusal: nothing was heard.</summary>
    /// <param name="cursor">Null where the place is none any more.</param>
    internal Task HoldAsync(IdentitySource source, string? cursor, DateTimeOffset? notBefore, CancellationToken cancellationToken) => WriteAsync(
        source,
        row =>
        {
            row[Cursor] = cursor;
            row[NotBefore] = notBefore;
        },
        cancellationToken);

    private static DateTimeOffset? HeardSince(TableEntity? row) => row?.GetDateTimeOffset(HeardAt) ?? row?.GetDateTimeOffset(KnownSince);

    private async ValueTask<TableEntity?> FindAsync(IdentitySource source, CancellationToken cancellationToken) =>
        (await rows.RowsAsync(cancellationToken)).GetValueOrDefault(source.Name);

    private Task WriteAsync(IdentitySource source, Action<TableEntity> change, CancellationToken cancellationToken) => rows.ChangeAsync(
        known =>
        {
            var row = new TableEntity { RowKey = source.Name };
            foreach (var column in (string[])[KnownSince, HeardAt, Cursor, ReadTo, NotBefore])
            {
                row[column] = known.TryGetValue(source.Name, out var before) && before.TryGetValue(column, out var value) ? value : null;
            }

            change(row);
            return [row];
        },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(EventId = 151, Level = LogLevel.Warning, Message = "{Failure}: that {Source} was heard is not written down")]
        public static partial void NotWritten(ILogger logger, string failure, string source);
    }
}
