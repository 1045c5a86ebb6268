using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Audit.Trail;

/// <summary>Makes a record of numbers that never came, in the trail of their stream's organisation: in the operators' where it has none.</summary>
public sealed partial class GapSweep(
    NumberLedger ledger, AuditTrail trail, PoisonedMessages poison, GroupPermissions permissions, SecretStore secrets, TimeProvider time, ILogger<GapSweep> logger)
{
    /// <summary>Its records are told apart from all others by it.</summary>
    private const string Label = "audit-gap";
    private const int IdLength = 32;

    /// <summary>What comes later than this is late: a message that nobody settles is in the poison queue by then.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(2);

    /// <summary>How long a gap may be what lies in the poison queue behind what can be looked at.</summary>
    public static readonly TimeSpan PoisonPatience = TimeSpan.FromDays(1);

    /// <summary>Whose matter it is where no organisation is named.</summary>
    private string OfNobody => permissions.OperatorOrganization ?? OrganizationId.Unassigned;

    /// <summary>Origins do not wait for each other.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var accounts = await ledger.ReadAllAsync(cancellationToken);
            var poisoned = await poison.LookAsync(cancellationToken);
            foreach (var (organization, count) in poisoned.Messages)
            {
                Log.Poisoned(logger, count, organization == PoisonedEvents.NoOnes ? OfNobody : organization);
            }

            foreach (var (origin, account) in accounts)
            {
                await TryAsync(origin, () => SweepAsync(origin, account, poisoned, cancellationToken));
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, "all", exception);
        }

        async Task TryAsync(string origin, Func<Task> sweep)
        {
            try
            {
                await sweep();
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.Failed(logger, origin, exception);
            }
        }
    }

    private async Task SweepAsync(string origin, OriginAccount account, PoisonedEvents poisoned, CancellationToken cancellationToken)
    {
        var gaps = account.Streams.SelectMany(stream => stream.Value.Gaps.Select(gap => (Stream: stream.Key, Gap: gap))).ToList();
        if (gaps.Count == 0)
        {
            if (account.MarkedAt < time.GetUtcNow() - NumberLedger.KeepFor)
            {
                await ledger.RemoveAsync(origin, account, cancellationToken);
            }

            return;
        }

        var before = time.GetUtcNow() - (poisoned.HasOthers ? PoisonPatience : Patience);
        var due = gaps.Where(one => one.Gap.NoticedAt < before)
            .SelectMany(one => poisoned.Without(origin, one.Stream, one.Gap).Select(left => (one.Stream, Gap: left)))
            .ToHashSet();
        foreach (var group in due.GroupBy(one => EventNumber.OrganizationOf(one.Stream) ?? OfNobody))
        {
            var events = await Task.WhenAll(group.Select(one => EventOfAsync(origin, one.Stream, one.Gap, cancellationToken)));
            await trail.AppendAsync(group.Key, events, cancellationToken);
            var count = group.Sum(one => one.Gap.Missing);
            Log.Missing(logger, count, group.Key, origin);
        }

        if (due.Count > 0)
        {
            await ledger.ClearAsync(origin, due, cancellationToken);
        }
    }

    /// <summary>The same gap is the same event, however often it is found.</summary>
    private async Task<AuditEvent> EventOfAsync(string origin, string stream, NumberGap gap, CancellationToken cancellationToken)
    {
        var ids = await StableMac.OpenAsync(secrets, Label, cancellationToken);
        var noticed = gap.NoticedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return new AuditEvent
        {
            Id = ids.Of(origin, stream, $"{gap.First}", $"{gap.Last}", noticed)[..IdLength],
            OccurredAt = gap.NoticedAt,
            ReceivedAt = time.GetUtcNow(),
            Actor = new AuditActor { Type = AuditActorTypes.System, Name = "SecureZoom" },
            Action = AuditActions.AuditGap,
            Target = new AuditTarget("audit"),
            Outcome = AuditOutcomes.Success,
            Source = AuditSources.App,
            Details = new JsonObject
            {
                ["origin"] = origin,
                ["stream"] = stream,
                ["first"] = gap.First,
                ["last"] = gap.Last,
                ["count"] = gap.Missing,
                ["noticedAt"] = noticed,
            },
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 195, Level = LogLevel.Critical, Message = "{Count} events never came off the queue, which the trail of {Organization} says now (origin {Origin})")]
        public static partial void Missing(ILogger logger, long count, string organization, string origin);

        [LoggerMessage(EventId = 196, Level = LogLevel.Error, Message = "Numbers could not be looked through now: {Origin}")]
        public static partial void Failed(ILogger logger, string origin, Exception exception);

        [LoggerMessage(EventId = 197, Level = LogLevel.Error, Message = "About {Count} messages in the poison queue are of {Organization}")]
        public static partial void Poisoned(ILogger logger, int count, string organization);
    }
}
