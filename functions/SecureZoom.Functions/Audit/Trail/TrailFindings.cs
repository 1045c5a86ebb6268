using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Storage;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>
/// What was found wrong with trails: a sealed row an organisation in the partition <c>.findings</c> of the table <c>audit</c>. Each raises
/// the alarm, again and again, and wants attention until somebody says that it is known.
/// </summary>
/// <remarks>Who takes a row away is found out by the next verification, which raises the alarm again.</remarks>
public sealed partial class TrailFindings(TableServiceClient tables, RowSeal seal, TimeProvider time, ILogger<TrailFindings> logger)
{
    internal const string Partition = ".findings";
    private const string Column = "Findings";
    private const int Attempts = 5;

    /// <summary>As many as a row holds; known ones make room for new ones.</summary>
    private const int MaxFindings = 40;
    private const int MaxDetail = 300;

    /// <summary>Less than from one verification to the next.</summary>
    private static readonly TimeSpan Remember = TimeSpan.FromHours(12);

    /// <summary>More often than alarms look back, so that none is over while its cause is there.</summary>
    private static readonly TimeSpan RemindAfter = TimeSpan.FromMinutes(25);

    private readonly TableClient _table = tables.GetTableClient(AuditTrail.TableName);

    /// <summary>What this instance has reported: the same is found again and again.</summary>
    private readonly ConcurrentDictionary<(string Organization, string Id), DateTimeOffset> _reported = new();

    private DateTimeOffset _remindedAt = DateTimeOffset.MinValue;

    /// <summary>Whether nobody has said of some finding that it is known.</summary>
    public async Task<bool> AreOpenAsync(CancellationToken cancellationToken) => await ReadOpenAsync(cancellationToken).AnyAsync(cancellationToken);

    /// <summary>Raises the alarm for what is not known again, every now and then.</summary>
    public async Task RemindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _remindedAt < RemindAfter)
        {
            return;
        }

        await foreach (var (organization, finding) in ReadOpenAsync(cancellationToken))
        {
            Log.Found(logger, organization, finding.Code, finding.Detail);
        }

        _remindedAt = now;
    }

    /// <summary>The findings about a trail, the newest last.</summary>
    public async Task<IReadOnlyList<TrailFinding>> ReadAsync(string organization, CancellationToken cancellationToken) =>
        (await ReadRowAsync(organization, cancellationToken)).Findings;

    /// <summary>Keeps what was found, and raises the alarm for what is new.</summary>
    public async Task ReportAsync(string organization, IReadOnlyList<TrailProblem> problems, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Now and then it is looked whether it is still kept.
        TrailFinding[] found = [.. problems.Select(problem => problem with { Detail = Cut(problem.Detail) }).Select(problem => TrailFinding.Of(problem, now))
            .DistinctBy(finding => finding.Id)
            .Where(finding => !(_reported.TryGetValue((organization, finding.Id), out var at) && now - at < Remember))];
        if (found.Length == 0)
        {
            return;
        }

        var added = new List<TrailFinding>();
        await ChangeAsync(
            organization,
            before =>
            {
                added = [.. found.Where(finding => before.All(other => other.Id != finding.Id))];
                return added.Count == 0 ? null : Fit([.. before, .. added]);
            },
            cancellationToken);
        foreach (var finding in added)
        {
            Log.Found(logger, organization, finding.Code, finding.Detail);
        }

        foreach (var finding in found)
        {
            _reported[(organization, finding.Id)] = now;
        }
    }

    /// <summary>Says that findings are known: they want no attention any more.</summary>
    /// <returns>All findings about the trail.</returns>
    public Task<IReadOnlyList<TrailFinding>> AcknowledgeAsync(string organization, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        return ChangeAsync(
            organization,
            before => before.Any(IsMeant) ? [.. before.Select(finding => IsMeant(finding) ? finding with { KnownSince = time.GetUtcNow() } : finding)] : null,
            cancellationToken);

        bool IsMeant(TrailFinding finding) => finding.KnownSince is null && ids.Contains(finding.Id);
    }

    /// <summary>What nobody has said of that it is known, of all trails.</summary>
    internal async IAsyncEnumerable<(string Organization, TrailFinding Finding)> ReadOpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryRowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken))
        {
            foreach (var finding in (await ReadAsync(row, cancellationToken)).Where(finding => finding.KnownSince is null))
            {
                yield return (row.RowKey, finding);
            }
        }
    }

    private async Task<IReadOnlyList<TrailFinding>> ChangeAsync(
        string organization, Func<IReadOnlyList<TrailFinding>, IReadOnlyList<TrailFinding>?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (row, before) = await ReadRowAsync(organization, cancellationToken);
            if (change(before) is not { } after)
            {
                return before;
            }

            var next = new TableEntity(Partition, organization)
            {
                [Column] = JsonSerializer.Serialize(after, TrailFindingJson.Default.IReadOnlyListTrailFinding),
            };
            await seal.SealAsync(AuditTrail.TableName, next, cancellationToken);
            try
            {
                await _table.SubmitRowsAsync(
                    [row is null ? new(TableTransactionActionType.Add, next) : new(TableTransactionActionType.UpdateReplace, next, row.ETag)],
                    cancellationToken);
                return after;
            }
            catch (RequestFailedException exception) when (
                exception.Status is StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed or StatusCodes.Status404NotFound
                && attempt < Attempts)
            {
                // Somebody else's change was first.
            }
        }
    }

    private async Task<(TableEntity? Row, IReadOnlyList<TrailFinding> Findings)> ReadRowAsync(string organization, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(Partition, organization, cancellationToken: cancellationToken);
        return row.HasValue ? (row.Value, await ReadAsync(row.Value!, cancellationToken)) : (null, []);
    }

    /// <summary>None where the row is not ours; that is reported.</summary>
    private async Task<IReadOnlyList<TrailFinding>> ReadAsync(TableEntity row, CancellationToken cancellationToken)
    {
        if (await seal.CheckAsync(AuditTrail.TableName, row, cancellationToken) == SealState.Wrong || row.GetString(Column) is not { } json)
        {
            return [];
        }

        return JsonSerializer.Deserialize(json, TrailFindingJson.Default.IReadOnlyListTrailFinding) ?? [];
    }

    private static IReadOnlyList<TrailFinding> Fit(IReadOnlyList<TrailFinding> findings) =>
        [.. findings.OrderBy(finding => finding.KnownSince is null).ThenBy(finding => finding.FoundAt).TakeLast(MaxFindings)];

    private static string Cut(string detail) => detail.Length <= MaxDetail ? detail : detail[..MaxDetail];

    private static partial class Log
    {
        [LoggerMessage(EventId = 211, Level = LogLevel.Critical, Message = "Found in the trail of {Organization}: {Code}: {Detail}")]
        public static partial void Found(ILogger logger, string organization, string code, string detail);
    }
}
