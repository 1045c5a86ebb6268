using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Zoom;
using SecureZoom.Functions.Zoom.Events;

namespace SecureZoom.Functions.Meetings;

/// <summary>Lets the registry follow what happens to meetings at Zoom, event by event.</summary>
/// <remarks>Events come unordered and more than once, so a change is not applied but looked up: Zoom's answer is the newest there is.</remarks>
public sealed partial class MeetingProjection(
    MeetingRegistry registry,
    MeetingUuids uuids,
    DeletedNumbers deletions,
    ZoomApi zoom,
    ZoomAccounts accounts,
    TimeProvider time,
    ILogger<MeetingProjection> logger) : IAuditConsequence
{
    /// <exception cref="ZoomException">Zoom does not answer: the queue brings the event again.</exception>
    public async Task FollowAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        // Our own records speak of what Zoom's event will say too.
        if (auditEvent.Source != AuditSources.Zoom || !MeetingNumber.TryParse(auditEvent.Meeting, spaced: false, out var number))
        {
            return;
        }

        if (auditEvent is { AccountId: { } accountId } && TellsUuid(auditEvent.Action) && ZoomDetails.Text(auditEvent.Details?["object"] as JsonObject, "uuid") is { } uuid)
        {
            await uuids.AddAsync(accountId, uuid, new MeetingInstance(number, organization), cancellationToken);
        }

        switch (auditEvent.Action)
        {
            case ZoomEventNames.MeetingRecovered:
                await ReviveAsync(organization, auditEvent.AccountId, number, cancellationToken);
                break;
            case ZoomEventNames.MeetingDeleted:
                await RemoveAsync(organization, auditEvent, number, cancellationToken);
                break;
            case ZoomEventNames.MeetingUpdated:
                if ((bool?)auditEvent.Details?["passcode_changed"] == true)
                {
                    await registry.ChangePasscodeAsync(organization, number, auditEvent.OccurredAt, cancellationToken);
                }

                await RefreshAsync(organization, number, cancellationToken);
                break;
            case ZoomEventNames.MeetingStarted:
                await registry.SetStatusAsync(organization, number, "started", auditEvent.OccurredAt, cancellationToken);
                break;
            case ZoomEventNames.MeetingEnded:
                await registry.SetStatusAsync(organization, number, "ended", auditEvent.OccurredAt, cancellationToken);
                break;
        }
    }

    private static bool TellsUuid(string action) => action
        is ZoomEventNames.MeetingCreated or ZoomEventNames.MeetingStarted or ZoomEventNames.WebinarCreated or ZoomEventNames.WebinarStarted;

    /// <summary>
    /// The event may be of one occurrence of a series, or an old one and the number another meeting's by now: Zoom is asked before anything is
    /// removed.
    /// </summary>
    private async Task RemoveAsync(string organization, AuditEvent deleted, MeetingNumber number, CancellationToken cancellationToken)
    {
        if (await FindToRemoveAsync(organization, deleted, number, cancellationToken) is not { } known || accounts.Find(known.AccountId) is not { } account)
        {
            return;
        }

        var asked = time.GetUtcNow();
        if (await LookAsync(account, number, cancellationToken) is { } meeting)
        {
            await registry.UpdateAsync(known with { Snapshot = new MeetingSnapshot(meeting) }, asked, cancellationToken);
        }
        else
        {
            await registry.RemoveAsync(known, cancellationToken);
        }
    }

    /// <summary>The meeting; where nobody ever had its number, that it is deleted is remembered for whoever is about to write it down.</summary>
    private async Task<RegisteredMeeting?> FindToRemoveAsync(string organization, AuditEvent deleted, MeetingNumber number, CancellationToken cancellationToken)
    {
        if (await registry.FindPastAsync(organization, number, cancellationToken) is { } known)
        {
            return known;
        }

        var isWhole = (deleted.Details?["object"] as JsonObject)?["occurrences"] is not JsonArray { Count: > 0 };
        if (!isWhole || accounts.Find(deleted.AccountId) is not { } account || await registry.FindOwnerAsync(account.AccountId, number, cancellationToken) is not null)
        {
            return null;
        }

        await deletions.AddAsync(account.AccountId, number, organization, deleted.OccurredAt, cancellationToken);
        return await registry.FindPastAsync(organization, number, cancellationToken);
    }

    /// <summary>
    /// A meeting that was deleted is its organisation's again, under a registration of its own: what was issued before stays void. One that
    /// was there all the while has an occurrence back.
    /// </summary>
    private async Task ReviveAsync(string organization, string? accountId, MeetingNumber number, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        if (accounts.Find(accountId) is { } account
            && await registry.FindOwnerAsync(account.AccountId, number, cancellationToken) == organization
            && await LookAsync(account, number, cancellationToken) is { } meeting)
        {
            var snapshot = new MeetingSnapshot(meeting);
            await (await registry.FindAsync(organization, number, cancellationToken) is { } known
                ? registry.UpdateAsync(known with { Snapshot = snapshot }, asked, cancellationToken)
                : registry.ClaimAsync(new RegisteredMeeting(organization, number, account.AccountId, snapshot), asked, cancellationToken));
        }
    }

    private async Task RefreshAsync(string organization, MeetingNumber number, CancellationToken cancellationToken)
    {
        if (await registry.FindUnfinishedAsync(organization, number, cancellationToken) is not { } known || accounts.Find(known.AccountId) is not { } account)
        {
            return;
        }

        var asked = time.GetUtcNow();
        if (!known.IsClosed && await LookAsync(account, number, cancellationToken) is { } meeting)
        {
            await registry.UpdateAsync(known with { Snapshot = new MeetingSnapshot(meeting) }, asked, cancellationToken);
        }
        else
        {
            await registry.CloseAsync(known, cancellationToken);
        }
    }

    /// <summary>The meeting as Zoom has it now; null when it is gone.</summary>
    private async Task<ZoomMeeting?> LookAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken)
    {
        try
        {
            return await zoom.GetMeetingAsync(account, number, cancellationToken);
        }
        catch (ZoomException exception) when (exception.NoSuchMeeting)
        {
            Log.Gone(logger, number);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 171, Level = LogLevel.Information, Message = "Meeting {Number} is gone at Zoom")]
        public static partial void Gone(ILogger logger, MeetingNumber number);
    }
}
