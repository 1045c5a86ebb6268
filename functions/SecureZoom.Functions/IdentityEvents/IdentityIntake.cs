using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>Takes a source's events: whose access ends is out at once, and all of them are on their way to the trail.</summary>
public sealed class IdentityIntake(
    EndedAccessList access, AuditRecorder audit, OrganizationDomains domains, SourceEventId ids, SourceHeartbeats heartbeats, TimeProvider time)
{
    /// <summary>As many as wait together go in one message, until it is full.</summary>
    private const int AtOnce = 256;

    /// <summary>How far a source's clock may be ahead of ours.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>Once it returns all of them are durable. The same again changes nothing.</summary>
    /// <exception cref="AuditUnavailableException">Not all are known to be.</exception>
    public async Task TakeAsync(IdentitySource source, IReadOnlyList<IdentityEvent> events, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var taken = new List<AuditEvent>(events.Count);
        var changes = new List<EndedAccessChange>();
        foreach (var one in events)
        {
            var organization = await OrganizationOfAsync(source, one, cancellationToken);
            var ends = ChangesOf(source, one, organization);
            changes.AddRange(ends);
            taken.Add(Record(source, one, ends, organization ?? OrganizationId.Unassigned, await ids.OfAsync(source, organization ?? OrganizationId.Unassigned, one.Id, cancellationToken), now));
        }

        // What happened is on record also where nobody can be put out; the source tells it again then.
        await Task.WhenAll(
            changes.Count > 0 ? access.ApplyAsync(changes, cancellationToken) : Task.CompletedTask,
            Parallel.ForEachAsync(
                taken,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (one, cancelled) => await RecordAsync(one, cancelled)));
        await heartbeats.BeatAsync(source, cancellationToken);
    }

    /// <summary>One of hundreds that is late would have all of them told again: it is tried once more, and twice is once in the trail.</summary>
    private async Task RecordAsync(AuditEvent one, CancellationToken cancellationToken)
    {
        try
        {
            await audit.RecordAsync(one, cancellationToken);
        }
        catch (AuditUnavailableException)
        {
            await audit.RecordAsync(one, cancellationToken);
        }
    }

    /// <summary>Whose trail: an Okta's one organisation, else that of the source's organisations which the event, or the person's address, names.</summary>
    private async ValueTask<string?> OrganizationOfAsync(IdentitySource source, IdentityEvent one, CancellationToken cancellationToken)
    {
        // An Okta organisation is one customer's; Auth0's stream has everybody's sign-ins, whoever it was set up for.
        if (source is { OnlyOrganization: { } own, Type: IdentitySourceTypes.Okta })
        {
            return own;
        }

        var named = one.Organization is { } id && OrganizationId.IsValid(id) ? id
            : one.Address is { } address ? await domains.OwnerOfAsync(address, cancellationToken)
            : null;
        named ??= source.OnlyOrganization;
        return named is not null && source.MaySpeakFor(named) ? named : null;
    }

    /// <summary>Without a time it would be new each time that it is told.</summary>
    private static IReadOnlyList<EndedAccessChange> ChangesOf(IdentitySource source, IdentityEvent one, string? organization)
    {
        if (one is not { Subject: { } subject, At: { } at })
        {
            return [];
        }

        return
        [
            .. one.Access.Select(change => new EndedAccessChange(change.Kind, change.Ends, source.Issuer, subject, at)
            {
                Reach = source.Reach,
                Organization = organization,
                Reason = one.Action,
                By = source.Type,
            }),
        ];
    }

    private static AuditEvent Record(IdentitySource source, IdentityEvent one, IReadOnlyList<EndedAccessChange> ends, string organization, string id, DateTimeOffset now) => new()
    {
        Id = id,
        OccurredAt = one.At is { } at && at < now + Ahead ? at : now,
        ReceivedAt = now,
        Organization = organization,
        Actor = one.Actor,
        Action = one.Action,
        Target = one.Subject is null ? null : new AuditTarget("person"),
        Outcome = one.Outcome,
        Reason = one.Reason,
        Source = source.Type,
        Client = one.Client,
        Details = ends.Count == 0 ? one.Details : With(one.Details, ends),
    };

    private static JsonObject With(JsonObject details, IReadOnlyList<EndedAccessChange> ends)
    {
        details[RecordedAccess.Member] = RecordedAccess.Write(ends);
        return details;
    }
}
