using System.Diagnostics;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Intake;

/// <summary>What happens to an event once it comes off the queue: it finds its organisation, its place in the trail, its consequences.</summary>
public sealed class AuditEventProcessor(
    AuditRecorder log,
    AuditAppender appender,
    AuditQuarantine quarantine,
    MeetingRegistry registry,
    UnfinishedCreate unfinished,
    IEnumerable<IAuditConsequence> consequences,
    ZoomOptions zoom,
    SecretStore secrets,
    AppMetrics metrics,
    TimeProvider time)
{
    /// <summary>How long an event waits for its meeting's owner to become known: Zoom's event may overtake our own write.</summary>
    public static readonly TimeSpan OwnerPatience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan OwnerPause = TimeSpan.FromSeconds(2);

    /// <summary>Returns once the event is in its trail, back on the queue to wait for its owner, or in quarantine.</summary>
    /// <exception cref="ZoomException">Zoom does not say whose a new meeting may be: the queue brings its event again.</exception>
    public async Task ProcessAsync(byte[] message, CancellationToken cancellationToken)
    {
        var keys = await secrets.AllAsync(SecretNames.AuditMessageKey, cancellationToken);
        if (AuditMessage.Open(message, keys) is not { } auditEvent)
        {
            // It will never carry our seal, however often it is tried.
            await quarantine.KeepAsync(message, "not_sealed", cancellationToken);
            return;
        }

        if (ActivityContext.TryParse(auditEvent.TraceParent, null, out var origin))
        {
            Activity.Current?.AddLink(new ActivityLink(origin));
        }

        var (organization, settled) = await FindOrganizationAsync(auditEvent, cancellationToken);
        if (!settled)
        {
            if (time.GetUtcNow() - auditEvent.ReceivedAt < OwnerPatience)
            {
                await log.DeferAsync(auditEvent, OwnerPause, cancellationToken);
                return;
            }

            organization = await unfinished.FindOwnerAsync(auditEvent, cancellationToken) ?? organization;
        }

        try
        {
            await AppendAsync(organization, auditEvent, cancellationToken);
            metrics.Appended(auditEvent.Source, time.GetUtcNow() - auditEvent.ReceivedAt);
        }
        catch (AuditRejectedException)
        {
            await quarantine.KeepAsync(message, "rejected", cancellationToken);
        }

        if (organization != OrganizationId.Unassigned)
        {
            foreach (var consequence in consequences)
            {
                await consequence.FollowAsync(organization, auditEvent, cancellationToken);
            }
        }
    }

    private async Task AppendAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        await appender.AppendAsync(organization, auditEvent, cancellationToken);
        if (auditEvent.AlsoIn is { } second && second != organization)
        {
            await appender.AppendAsync(second, auditEvent, cancellationToken);
        }
    }

    /// <summary>Whose an event is, and whether that may still change: the meeting may not be written down yet.</summary>
    private async Task<(string Organization, bool Settled)> FindOrganizationAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (auditEvent.Organization is { } known)
        {
            return (known, true);
        }

        var account = zoom.Accounts.FirstOrDefault(candidate => candidate.AccountId == auditEvent.AccountId);
        var fallback = account?.OnlyOrganization ?? OrganizationId.Unassigned;
        // A deletion must find its meeting, whose create may be under way, even where only one organisation can have it.
        if (account is null
            || !MeetingNumber.TryParse(auditEvent.Meeting, spaced: false, out var number)
            || (account.OnlyOrganization is not null && auditEvent.Action != "meeting.deleted"))
        {
            return (fallback, true);
        }

        var owner = await registry.FindOwnerAsync(account.AccountId, number, cancellationToken);
        return (owner ?? fallback, owner is not null);
    }
}
