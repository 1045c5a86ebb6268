using System.Globalization;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>
/// Finishes creates that failed half-way, so that no meeting is left without an owner: the record of the failure, which the queue keeps
/// until it is dealt with, leads to the meeting.
/// </summary>
public sealed class UnfinishedCreate(MeetingRegistry registry, ZoomApi api, ZoomOptions zoom, TimeProvider time)
{
    /// <summary>The action under which a create's intent and failure are on record.</summary>
    public const string Action = "meeting.create";

    /// <summary>How long before its failure a create may have been sent, clocks included.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Whether a record is of a create that may have left a meeting at Zoom.</summary>
    public static bool MayBe(AuditEvent auditEvent) =>
        auditEvent is { Action: Action, Outcome: AuditOutcomes.Failure, Source: AuditSources.App, Reason: "not_undone" or "zoom_unavailable" };

    /// <exception cref="ZoomException">Zoom does not answer: the queue brings the record again.</exception>
    public async Task FinishAsync(string organization, AuditEvent failure, CancellationToken cancellationToken)
    {
        if (zoom.Serving(organization) is not { } account)
        {
            return;
        }

        foreach (var meeting in await FindAsync(account, failure, cancellationToken))
        {
            if (MeetingNumber.From(meeting.Id) is { } number)
            {
                var owned = new RegisteredMeeting(organization, number, account.AccountId, new MeetingSnapshot(meeting));
                await registry.ClaimAsync(owned, time.GetUtcNow(), cancellationToken);
            }
        }
    }

    private async Task<IReadOnlyList<ZoomMeeting>> FindAsync(ZoomAccount account, AuditEvent failure, CancellationToken cancellationToken)
    {
        try
        {
            return MeetingNumber.TryParse(failure.Meeting, spaced: false, out var number)
                ? [await api.GetMeetingAsync(account, number, cancellationToken)]
                : await SearchAsync(account, failure, cancellationToken);
        }
        catch (ZoomException exception) when (exception.Error == ZoomError.NotFound)
        {
            return [];
        }
    }

    /// <summary>Zoom did not answer the create: what the host has of that topic since then can only be its doing.</summary>
    private async Task<IReadOnlyList<ZoomMeeting>> SearchAsync(ZoomAccount account, AuditEvent failure, CancellationToken cancellationToken)
    {
        if ((string?)failure.Details?["host"] is not { } host)
        {
            return [];
        }

        var meetings = await api.ListMeetingsAsync(account, host, cancellationToken);
        var found = meetings.Where(meeting => meeting.Topic == failure.Target?.Name && IsOf(meeting, failure.OccurredAt));
        return await Task.WhenAll(found.Select(meeting =>
            api.GetMeetingAsync(account, MeetingNumber.From(meeting.Id)!.Value, cancellationToken)));
    }

    private static bool IsOf(ZoomMeeting meeting, DateTimeOffset failedAt) =>
        MeetingNumber.From(meeting.Id) is not null
        && DateTimeOffset.TryParse(meeting.CreatedAt, CultureInfo.InvariantCulture, out var created)
        && (created - failedAt).Duration() <= Window;
}
