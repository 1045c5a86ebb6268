using System.Globalization;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>
/// Finishes creates that ended half-way, so that no meeting is left without an owner: the record of a failure, which the queue keeps until
/// it is dealt with, leads to the meeting; and where there is no outcome, since the process ended, Zoom's event of the meeting to its intent.
/// </summary>
public sealed class UnfinishedCreate(MeetingRegistry registry, CreateIntents intents, ZoomApi api, ZoomAccounts zoom, TimeProvider time)
    : IAuditConsequence
{
    /// <summary>How long before its failure a create may have been sent, clocks included.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <exception cref="ZoomException">Zoom does not answer: the queue brings the record again.</exception>
    public async Task FollowAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (MayHaveLeftOne(auditEvent))
        {
            await FinishAsync(organization, auditEvent, cancellationToken);
        }
        else
        {
            await FindOwnerAsync(auditEvent, cancellationToken);
        }
    }

    /// <summary>Makes a meeting that Zoom tells of, and nobody owns, that of whoever was about to create it.</summary>
    /// <returns>Its organisation; null where the event is another one, or the meeting is nobody's creating here.</returns>
    /// <exception cref="ZoomException">Zoom does not answer.</exception>
    public async Task<string?> FindOwnerAsync(AuditEvent created, CancellationToken cancellationToken)
    {
        if (created is not { Action: ZoomEventNames.MeetingCreated, Source: AuditSources.Zoom, AccountId: { } accountId }
            || !MeetingNumber.TryParse(created.Meeting, spaced: false, out var number))
        {
            return null;
        }

        if (await registry.FindOwnerAsync(accountId, number, cancellationToken) is { } known)
        {
            return known;
        }

        var meant = (await intents.FindAsync(accountId, created.OccurredAt, cancellationToken))
            .Where(intent => intent.Topic == created.Target?.Name).ToList();
        if (meant.Count == 0 || await GetAsync(zoom.ById(accountId), number, cancellationToken) is not { } meeting)
        {
            return null;
        }

        if (meant.FirstOrDefault(intent => intent.Fits(meeting))?.Organization is { } owner)
        {
            await ClaimAsync(owner, accountId, meeting, cancellationToken);
            return owner;
        }

        return null;
    }

    /// <summary>Whether a record is of a create that may have left a meeting at Zoom: not where Zoom refused it.</summary>
    private static bool MayHaveLeftOne(AuditEvent auditEvent) => auditEvent is
    {
        Action: AuditActions.MeetingCreate,
        Outcome: AuditOutcomes.Failure,
        Source: AuditSources.App,
        Reason: AuditReasons.NotUndone or AuditReasons.Unavailable or AuditReasons.ZoomUnavailable or AuditReasons.ZoomBadGateway,
    };

    private async Task FinishAsync(string organization, AuditEvent failure, CancellationToken cancellationToken)
    {
        if (zoom.Serving(organization) is not { } account)
        {
            return;
        }

        foreach (var meeting in await FindAsync(account, failure, cancellationToken))
        {
            await ClaimAsync(organization, account.AccountId, meeting, cancellationToken);
        }
    }

    private async Task ClaimAsync(string organization, string accountId, ZoomMeeting meeting, CancellationToken cancellationToken)
    {
        if (MeetingNumber.From(meeting.Id) is { } number)
        {
            var owned = new RegisteredMeeting(organization, number, accountId, new MeetingSnapshot(meeting));
            await registry.ClaimAsync(owned, time.GetUtcNow(), cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ZoomMeeting>> FindAsync(ZoomAccount account, AuditEvent failure, CancellationToken cancellationToken)
    {
        if (MeetingNumber.TryParse(failure.Meeting, spaced: false, out var number))
        {
            return await GetAsync(account, number, cancellationToken) is { } meeting ? [meeting] : [];
        }

        return await SearchAsync(account, failure, cancellationToken);
    }

    /// <summary>The meeting as Zoom has it; null when it is gone.</summary>
    private async Task<ZoomMeeting?> GetAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetMeetingAsync(account, number, cancellationToken);
        }
        catch (ZoomException exception) when (exception.NoSuchMeeting)
        {
            return null;
        }
    }

    /// <summary>Zoom did not answer the create: what the host has of that topic since then can only be its doing.</summary>
    private async Task<IReadOnlyList<ZoomMeeting>> SearchAsync(ZoomAccount account, AuditEvent failure, CancellationToken cancellationToken)
    {
        if ((string?)failure.Details?["host"] is not { } host)
        {
            return [];
        }

        try
        {
            var meetings = await api.ListMeetingsAsync(account, host, cancellationToken);
            var found = meetings.Where(meeting => meeting.Topic == failure.Target?.Name && IsOf(meeting, failure.OccurredAt));
            return [.. (await Task.WhenAll(found.Select(meeting =>
                GetAsync(account, MeetingNumber.From(meeting.Id)!.Value, cancellationToken)))).OfType<ZoomMeeting>()];
        }
        catch (ZoomException exception) when (exception.Error == ZoomError.NotFound)
        {
            // Zoom does not know the host.
            return [];
        }
    }

    private static bool IsOf(ZoomMeeting meeting, DateTimeOffset failedAt) =>
        MeetingNumber.From(meeting.Id) is not null
        && DateTimeOffset.TryParse(meeting.CreatedAt, CultureInfo.InvariantCulture, out var created)
        && (created - failedAt).Duration() <= Window;
}
