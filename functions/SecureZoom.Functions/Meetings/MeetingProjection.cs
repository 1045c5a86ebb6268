using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Lets the registry follow what happens to meetings at Zoom, event by event.</summary>
/// <remarks>Events come unordered and more than once, so a change is not applied but looked up: Zoom's answer is the newest there is.</remarks>
public sealed partial class MeetingProjection(
    MeetingRegistry registry,
    UnfinishedCreate unfinished,
    ZoomApi zoom,
    ZoomOptions options,
    TimeProvider time,
    ILogger<MeetingProjection> logger) : IAuditConsequence
{
    /// <exception cref="ZoomException">Zoom does not answer: the queue brings the event again.</exception>
    public async Task FollowAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (UnfinishedCreate.MayBe(auditEvent))
        {
            await unfinished.FinishAsync(organization, auditEvent, cancellationToken);
        }

        // Our own records speak of what Zoom's event will say too.
        if (auditEvent.Source != AuditSources.Zoom || !MeetingNumber.TryParse(auditEvent.Meeting, spaced: false, out var number))
        {
            return;
        }

        switch (auditEvent.Action)
        {
            case "meeting.deleted":
                await registry.RemoveAsync(organization, number, time.GetUtcNow(), cancellationToken);
                break;
            case "meeting.updated":
                await RefreshAsync(organization, number, cancellationToken);
                break;
            case "meeting.started":
                await registry.SetStatusAsync(organization, number, "started", auditEvent.OccurredAt, cancellationToken);
                break;
            case "meeting.ended":
                await registry.SetStatusAsync(organization, number, "ended", auditEvent.OccurredAt, cancellationToken);
                break;
        }
    }

    private async Task RefreshAsync(string organization, MeetingNumber number, CancellationToken cancellationToken)
    {
        if (await registry.FindAsync(organization, number, cancellationToken) is not { } known
            || options.Accounts.FirstOrDefault(account => account.AccountId == known.AccountId) is not { } account)
        {
            return;
        }

        var asked = time.GetUtcNow();
        try
        {
            var meeting = await zoom.GetMeetingAsync(account, number, cancellationToken);
            await registry.UpdateAsync(known with { Snapshot = MeetingSnapshot.Of(meeting) }, asked, cancellationToken);
        }
        catch (ZoomException exception) when (exception.Error == ZoomError.NotFound)
        {
            Log.Gone(logger, number);
            await registry.RemoveAsync(organization, number, asked, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Meeting {Number} is gone at Zoom")]
        public static partial void Gone(ILogger logger, MeetingNumber number);
    }
}
