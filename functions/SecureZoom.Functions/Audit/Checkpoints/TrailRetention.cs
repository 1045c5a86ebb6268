using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Lets go of records that are older than <c>Audit:RetainFor</c>, once a night, in whole tiles, from the beginning: what a checkpoint covers
/// and no legal hold keeps, unless something about the trail is being looked into.
/// </summary>
public sealed partial class TrailRetention
{
    /// <summary>How long records stay behind the word that they go: whoever began to read them reads to the end.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    private static readonly AuditActor System = new() { Type = "system", Name = "SecureZoom" };

    private readonly AuditTrail _trail;
    private readonly TrailTimes _times;
    private readonly TrailBeginnings _beginnings;
    private readonly TrailRemover _remover;
    private readonly HeldRecords _held;
    private readonly TrailFindings _findings;
    private readonly TrailCutter _cutter;
    private readonly AuditOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TrailRetention> _logger;

    /// <summary>The day on which each trail was done last, as this instance knows.</summary>
    private readonly ConcurrentDictionary<string, DateOnly> _done = new(StringComparer.Ordinal);

    internal TrailRetention(
        AuditTrail trail,
        TrailTimes times,
        TrailBeginnings beginnings,
        TrailRemover remover,
        HeldRecords held,
        TrailFindings findings,
        TrailCutter cutter,
        AuditOptions options,
        TimeProvider time,
        ILogger<TrailRetention> logger)
    {
        (_trail, _times, _beginnings, _remover, _held) = (trail, times, beginnings, remover, held);
        (_findings, _cutter, _options, _time, _logger) = (findings, cutter, options, time, logger);
    }

    /// <summary>What the timer does: each trail once a day (UTC), and what was said to go, half an hour later. One that fails keeps no other.</summary>
    /// <param name="trails">How far each is signed.</param>
    public async Task RunAsync(IReadOnlyDictionary<string, SignedTrail> trails, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        foreach (var (organization, signed) in trails)
        {
            if (_options.RetainFor is not { } kept || _done.GetValueOrDefault(organization) == today)
            {
                continue;
            }

            try
            {
                if (await IsDoneAsync(organization, signed.Checkpoint?.Head ?? TreeHead.Empty, _time.GetUtcNow() - kept, cancellationToken))
                {
                    _done[organization] = today;
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Failed(_logger, organization, exception);
            }
        }
    }

    /// <returns>Whether nothing more is to be done today.</returns>
    private async Task<bool> IsDoneAsync(string organization, TreeHead signed, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var beginning = await _beginnings.ReadAsync(organization, cancellationToken);
        if (beginning.GoneTo < beginning.Size)
        {
            if (_time.GetUtcNow() < beginning.SaidAt + Grace)
            {
                return false;
            }

            await _remover.RemoveAsync(organization, beginning.Size, cancellationToken);
            await _beginnings.TryWriteAsync(organization, beginning with { GoneTo = beginning.Size }, cancellationToken);
            Log.Gone(_logger, beginning.Size, organization, beginning.Authority);
            return false;
        }

        var last = await FindLastAsync(organization, beginning.Size, signed, before, cancellationToken);
        if (last <= beginning.Size)
        {
            return true;
        }

        if ((await _findings.ReadAsync(organization, cancellationToken)).Any(finding => finding.KnownSince is null))
        {
            Log.Kept(_logger, organization);
            return true;
        }

        await _cutter.CutAsync(organization, beginning, last, System, leaves: false, cancellationToken);
        return false;
    }

    /// <summary>The last record to go: that of a whole tile.</summary>
    private async Task<long> FindLastAsync(string organization, long gone, TreeHead signed, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // On most nights one record tells that there is nothing to do.
        var next = (gone / Tile.FullWidth * Tile.FullWidth) + Tile.FullWidth;
        if (next > signed.Size
            || await _trail.ReadAsync(organization, next, cancellationToken) is not { Line: { } line }
            || !(RecordFormat.TryRead(line.Record)?.RecordedAt < before))
        {
            return gone;
        }

        var last = Whole(Math.Min(await _times.FirstFromAsync(organization, before, cancellationToken) - 1, signed.Size));
        return last > gone && await _held.FindFirstAsync(organization, last, cancellationToken) is { } held ? Whole(held - 1) : last;
    }

    private static long Whole(long sequence) => sequence / Tile.FullWidth * Tile.FullWidth;

    private static partial class Log
    {
        [LoggerMessage(EventId = 241, Level = LogLevel.Warning, Message = "Records 1 to {Last} of the trail of {Organization} were let go, by record {Authority}")]
        public static partial void Gone(ILogger logger, long last, string organization, long authority);

        [LoggerMessage(EventId = 242, Level = LogLevel.Warning, Message = "Nothing is let go of the trail of {Organization} while findings about it are open")]
        public static partial void Kept(ILogger logger, string organization);

        [LoggerMessage(EventId = 243, Level = LogLevel.Error, Message = "Records of the trail of {Organization} could not be let go now")]
        public static partial void Failed(ILogger logger, string organization, Exception exception);
    }
}
