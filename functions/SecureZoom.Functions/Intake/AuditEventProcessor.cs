using System.Diagnostics;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Health;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Intake;

/// <summary>What happens to an event that came off the queue: it finds its organisation, its place in the trail, its consequences.</summary>
public sealed class AuditEventProcessor(
    AuditRecorder log,
    AuditAppender appender,
    AuditQuarantine quarantine,
    NumberLedger ledger,
    EventPlaces places,
    UnfinishedCreate unfinished,
    Deauthorizations deauthorizations,
    IEnumerable<IAuditConsequence> consequences,
    AppMetrics metrics,
    TimeProvider time)
{
    /// <summary>How long an event waits for its meeting's owner to become known: Zoom's event may overtake our own write.</summary>
    public static readonly TimeSpan OwnerPatience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan OwnerPause = TimeSpan.FromSeconds(2);

    /// <summary>Returns once the event is in its trail or in quarantine and its number marked, or back on the queue to wait for its owner.</summary>
    /// <exception cref="ZoomException">Zoom does not say whose a new meeting may be: the queue brings its event again.</exception>
    internal async Task ProcessAsync(SealedEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Entry.Event is not { } auditEvent)
        {
            await ledger.MarkAsync(entry.Entry.Number, cancellationToken);
            return;
        }

        if (ActivityContext.TryParse(auditEvent.TraceParent, null, out var span))
        {
            Activity.Current?.AddLink(new ActivityLink(span));
        }

        var (found, settled) = await places.FindAsync(auditEvent, cancellationToken);
        if (!settled)
        {
            var waited = time.GetUtcNow() - auditEvent.ReceivedAt;
            if (waited < OwnerPatience)
            {
                await log.PutBackAsync(entry, PauseAfter(waited), cancellationToken);
                return;
            }

            if (await unfinished.FindOwnerAsync(auditEvent, cancellationToken) is { } owner)
            {
                found = await places.PlaceAsync(owner, auditEvent, cancellationToken);
            }
        }

        foreach (var place in found)
        {
            await AppendAsync(place, entry, cancellationToken);
        }

        await Task.WhenAll(ledger.MarkAsync(entry.Entry.Number, cancellationToken), FollowAsync(auditEvent, found, cancellationToken));
    }

    /// <summary>2, 4, 8, ... seconds, and no more than there is patience.</summary>
    internal static TimeSpan PauseAfter(TimeSpan waited)
    {
        var (next, left) = (waited + OwnerPause, OwnerPatience - waited);
        return next < OwnerPause ? OwnerPause : next < left ? next : left;
    }

    private async Task AppendAsync(EventPlace place, SealedEntry entry, CancellationToken cancellationToken)
    {
        var organization = place.Organization;
        try
        {
            await appender.AppendAsync(organization, place.AuditEvent, cancellationToken);
            if (place.AuditEvent.AlsoIn is { } second && second != organization)
            {
                organization = second;
                await appender.AppendAsync(organization, place.AuditEvent, cancellationToken);
            }

            metrics.Appended(place.AuditEvent.Source, time.GetUtcNow() - place.AuditEvent.ReceivedAt);
        }
        catch (AuditRejectedException)
        {
            await quarantine.KeepAsync(entry.Line, "rejected", organization, cancellationToken);
        }
    }

    private async Task FollowAsync(AuditEvent auditEvent, IEnumerable<EventPlace> found, CancellationToken cancellationToken)
    {
        foreach (var place in found.Where(place => !place.IsElsewhere && place.Organization != OrganizationId.Unassigned))
        {
            foreach (var consequence in consequences)
            {
                await consequence.FollowAsync(place.Organization, place.AuditEvent, cancellationToken);
            }
        }

        // A sub-account that takes the app out takes nothing from the account that we call as.
        if (auditEvent is { Action: ZoomEventNames.AppDeauthorized, Source: AuditSources.Zoom, AccountId: { } accountId, Whose: not { IsSubAccounts: true } }
            && await deauthorizations.AddAsync(accountId, auditEvent.OccurredAt, cancellationToken))
        {
            metrics.Deauthorized();
        }
    }
}
