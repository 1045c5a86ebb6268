using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>What happens in a meeting itself, where Zoom's own clients would be at work.</summary>
internal sealed class MeetingCourse(MeetingStore meetings, WebhookEvents events, WebhookSender webhooks, TimeProvider time)
{
    public async Task StartAsync(ZoomMeeting meeting)
    {
        await meetings.UpdateAsync(meeting.Id, current => current with
        {
            IsStarted = true,
            StartedAt = current.IsStarted ? current.StartedAt : time.GetUtcNow(),
        });
        await webhooks.AnnounceAsync(events.Started(meeting));
    }

    /// <summary>Ends the meeting, so that the next start is another instance; one that is not under way stays as it is.</summary>
    public async Task EndAsync(ZoomMeeting meeting)
    {
        var wasStarted = false;
        await meetings.UpdateAsync(meeting.Id, current =>
        {
            wasStarted = current.IsStarted;
            return wasStarted ? current.End(time.GetUtcNow(), ZoomMeeting.NewUuid(meetings.Count + current.Instances.Count)) : current;
        });
        if (wasStarted)
        {
            await webhooks.AnnounceAsync(events.Ended(meeting));
        }
    }

    /// <summary>Zoom has the meeting no more, only its recordings, and tells nobody: it was not used for long, or the event is lost.</summary>
    public Task ExpireAsync(ZoomMeeting meeting) => meetings.UpdateAsync(meeting.Id, current => current with { IsExpired = true });

    /// <summary>The host takes an occurrence, or all that were deleted, out of the trash again.</summary>
    public async Task RecoverAsync(ZoomMeeting meeting)
    {
        await meetings.UpdateAsync(meeting.Id, current => current with
        {
            Occurrences = [.. current.Occurrences.Select(one => one with { IsDeleted = false })],
        });
        await webhooks.AnnounceAsync(events.Recovered(meeting, [.. meeting.Occurrences.Where(one => one.IsDeleted)]));
    }

    /// <summary>Nothing is left of the meeting, nobody is told, and the next one gets its number.</summary>
    public async Task GiveAgainAsync(ZoomMeeting meeting)
    {
        await meetings.RemoveAsync(meeting.Id);
        meetings.GiveAgain(meeting.Id);
    }

    /// <summary>Somebody comes in, or goes.</summary>
    public async Task ParticipantAsync(ZoomMeeting meeting, bool hasJoined, JsonObject participant)
    {
        var stay = ParticipantJson.Joined(participant, time.GetUtcNow());
        await meetings.UpdateAsync(meeting.Id, current => current with
        {
            Participants = hasJoined
                ? [.. current.Participants, stay]
                : [.. current.Participants.Select(one => (string?)one["name"] == (string?)stay["name"] ? ParticipantJson.Left(one, time.GetUtcNow()) : one)],
        });
        await webhooks.AnnounceAsync(events.Participant(meeting, hasJoined, participant));
    }

    /// <summary>A cloud recording of the meeting gets ready.</summary>
    public async Task RecordAsync(ZoomMeeting meeting)
    {
        var recorded = meeting;
        await meetings.UpdateAsync(meeting.Id, current => recorded = current with
        {
            Recordings = [.. current.Recordings, RecordingJson.File(current, time.GetUtcNow())],
        });
        await webhooks.AnnounceAsync(events.RecordingCompleted(recorded));
    }
}
