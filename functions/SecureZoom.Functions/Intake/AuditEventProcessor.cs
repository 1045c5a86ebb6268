using System.Diagnostics;
using SecureZoom.Functions.Audit;
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
    IEnumerable<IAuditConsequence> consequences,
    ZoomOptions zoom,
    SecretStore secrets,
    AppMetrics metrics,
    TimeProvider time)
{
    /// <summary>Where events go whose organisation nobody knows.</summary>
    public const string Unassigned = "unassigned";

    /// <summary>How long an event waits for its meeting's owner to become known: Zoom's event may overtake our own write.</summary>
    public static readonly TimeSpan OwnerPatience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan OwnerPause = TimeSpan.FromSeconds(2);

    /// <summary>Returns once the event is in its trail, back on the queue to wait for its owner, or in quarantine.</summary>
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

        var organization = await FindOrganizationAsync(auditEvent, cancellationToken);
        if (organization is null && time.GetUtcNow() - auditEvent.ReceivedAt < OwnerPatience)
        {
            await log.DeferAsync(auditEvent, OwnerPause, cancellationToken);
            return;
        }

        try
        {
            await AppendAsync(organization ?? Unassigned, auditEvent, cancellationToken);
            metrics.Appended(auditEvent.Source, time.GetUtcNow() - auditEvent.ReceivedAt);
        }
        catch (AuditRejectedException)
        {
            await quarantine.KeepAsync(message, "rejected", cancellationToken);
        }

        if (organization is not (null or Unassigned))
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

    private async Task<string?> FindOrganizationAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (auditEvent.Organization is { } known)
        {
            return known;
        }

        var account = zoom.Accounts.FirstOrDefault(candidate => candidate.AccountId == auditEvent.AccountId);
        if (account?.OnlyOrganization is { } only)
        {
            return only;
        }

        if (account is null || !MeetingNumber.TryParse(auditEvent.Meeting, spaced: false, out var number))
        {
            return Unassigned;
        }

        return await registry.FindOwnerAsync(account.AccountId, number, cancellationToken);
    }
}
