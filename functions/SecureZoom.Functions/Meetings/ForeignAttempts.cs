using System.Security.Cryptography;
using System.Text;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Tells an organisation, in its own trail, that somebody of another one was refused a meeting of it: which organisation, and a pseudonym.</summary>
/// <remarks>Here, behind the queue, and not in the call: that asks storage the same whether the meeting is another's or nobody's.</remarks>
internal sealed class ForeignAttempts(MeetingRegistry registry, ZoomAccounts zoom, AuditRecorder audit) : IAuditConsequence
{
    /// <exception cref="AuditUnavailableException">The queue brings the refusal again.</exception>
    public async Task FollowAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        // What this told an owner must not be told to yet another one.
        if (auditEvent is not { Action: AuditActions.AccessDenied, Source: AuditSources.App } || auditEvent.Reason == AuditReasons.OtherOrganization)
        {
            return;
        }

        var tried = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var meeting in Denial.MeetingsOf(auditEvent.Meeting, auditEvent.Details))
        {
            foreach (var owner in await FindOwnersAsync(organization, meeting, cancellationToken))
            {
                (tried.TryGetValue(owner, out var known) ? known : tried[owner] = []).Add(meeting);
            }
        }

        foreach (var (owner, meetings) in tried)
        {
            await audit.RecordAsync(Attempt(organization, auditEvent, owner, meetings), cancellationToken);
        }
    }

    /// <summary>The others whose meeting it is; none where the organisation has one of that number itself.</summary>
    private async Task<IReadOnlyCollection<string>> FindOwnersAsync(string organization, string meeting, CancellationToken cancellationToken)
    {
        var owners = new HashSet<string>(StringComparer.Ordinal);
        if (MeetingNumber.TryParse(meeting, spaced: false, out var number))
        {
            foreach (var account in zoom.All)
            {
                owners.UnionWith(await registry.FindOwnerAsync(account.AccountId, number, cancellationToken) is { } owner ? [owner] : []);
            }
        }

        return owners.Contains(organization) ? [] : owners;
    }

    private static AuditEvent Attempt(string organization, AuditEvent denied, string owner, List<string> meetings)
    {
        // Of several, nobody counted how often each was tried.
        var count = meetings.Count == 1 && denied.Meeting is not null ? (int?)denied.Details?["count"] ?? 1 : meetings.Count;
        var details = Denial.Details((string?)denied.Details?["function"] ?? "", count, meetings, unnamed: 0);
        details["organization"] = organization;
        return new AuditEvent
        {
            // The same refusal is told once, however often the queue brings it.
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{denied.Id}\n{owner}")).AsSpan(0, 16)),
            OccurredAt = denied.OccurredAt,
            ReceivedAt = denied.ReceivedAt,
            Organization = owner,
            Actor = new AuditActor
            {
                Type = AuditActorTypes.User,
                Subject = Caller.PseudonymOf(denied.Actor.Issuer, denied.Actor.Subject),
                OrganizationName = organization,
            },
            Action = AuditActions.AccessDenied,
            Target = denied.Target,
            Meeting = meetings is [var only] ? only : null,
            Outcome = AuditOutcomes.Denied,
            Reason = AuditReasons.OtherOrganization,
            Source = AuditSources.App,
            Details = details,
        };
    }
}
