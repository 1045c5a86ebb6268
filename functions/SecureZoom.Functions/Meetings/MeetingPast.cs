using System.Globalization;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>What was in the instances of a meeting: its recordings, and who was there. Zoom keeps it, by the uuid of each.</summary>
public sealed class MeetingPast(MeetingService meetings, ZoomAccounts zoom, ZoomPastApi past, AuditRecorder audit)
{
    /// <summary>How many instances a call looks at: each is a call of Zoom.</summary>
    public const int InstancesOfCall = 30;

    private const int AtOnce = 5;
    private const int InvalidToken = 300;

    /// <summary>An instant meeting is held as soon as it is created.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    /// <summary>The recordings of so many instances, the latest first, also those of a meeting that is past.</summary>
    /// <param name="after">Where the page before ended; null for the first page.</param>
    /// <exception cref="RequestException">Zoom does not tell any more of the instance where that was.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so nothing is shown.</exception>
    public async Task<PastPage<MeetingRecording>> GetRecordingsAsync(
        CallContext call, MeetingNumber number, string? after, CancellationToken cancellationToken)
    {
        var known = await meetings.FindManagedPastAsync(call.Caller, number, cancellationToken);
        var account = zoom.ById(known.AccountId);
        var instances = await FindInstancesAsync(account, known, cancellationToken);
        var asked = instances.Skip(after is null ? 0 : IndexOf(instances, Uri.UnescapeDataString(after)) + 1).Take(InstancesOfCall).ToList();
        var files = new List<ZoomRecordingFile>();
        if (after is null)
        {
            // What runs, or ended just now, is among the instances only later.
            files.AddRange(await GetLatestAsync(account, number, hasInstances: asked.Count > 0, cancellationToken));
        }

        foreach (var some in asked.Chunk(AtOnce))
        {
            var found = await Task.WhenAll(some.Select(instance => past.GetRecordingsOfAsync(account, instance.Uuid!, cancellationToken)));
            files.AddRange(found.SelectMany(of => of));
        }

        await audit.RecordAsync(meetings.Event(call, AuditActions.MeetingRecordingsRead, AuditOutcomes.Success, known), cancellationToken);
        var recordings = files.Where(file => IsOf(known, file.RecordingStart)).DistinctBy(file => file.Id ?? Guid.NewGuid().ToString())
            .OrderByDescending(file => file.RecordingStart, StringComparer.Ordinal);
        return new PastPage<MeetingRecording>(
            [.. recordings.Select(MeetingMapping.Recording)], asked is [.., var last] && last != instances[^1] ? Name(last) : null);
    }

    /// <summary>Those who were in the meeting's instances, the latest first; of an instance where only one person was, Zoom tells nothing.</summary>
    /// <param name="from">Where the page begins; null for the first page.</param>
    /// <exception cref="RequestException">Zoom does not know any more where the page begins.</exception>
    /// <inheritdoc cref="GetRecordingsAsync"/>
    public async Task<PastPage<MeetingParticipant>> GetParticipantsAsync(
        CallContext call, MeetingNumber number, string? from, int pageSize, CancellationToken cancellationToken)
    {
        var known = await meetings.FindManagedPastAsync(call.Caller, number, cancellationToken);
        var account = zoom.ById(known.AccountId);
        var instances = await FindInstancesAsync(account, known, cancellationToken);
        var begin = ParticipantPosition.Parse(from);
        var i = begin is null ? 0 : IndexOf(instances, begin.Uuid);
        var (found, token, size, last) = (new List<MeetingParticipant>(), begin?.Token, begin?.Size ?? pageSize, i + InstancesOfCall);
        while (i < instances.Count && i < last && found.Count < pageSize)
        {
            var page = await GetParticipantsAsync(account, instances[i], size, token, cancellationToken);
            found.AddRange((page.Participants ?? []).Select(participant => MeetingMapping.Participant(instances[i], participant)));
            token = page.NextPageToken is { Length: > 0 } next ? next : null;
            if (token is null)
            {
                (i, size) = (i + 1, pageSize - found.Count);
            }
        }

        await audit.RecordAsync(meetings.Event(call, AuditActions.MeetingParticipantsRead, AuditOutcomes.Success, known), cancellationToken);
        return new PastPage<MeetingParticipant>(
            found, i < instances.Count ? new ParticipantPosition(instances[i].Uuid!, token is null ? pageSize : size, token).ToString() : null);
    }

    private async Task<ZoomParticipants> GetParticipantsAsync(
        ZoomAccount account, ZoomInstance instance, int size, string? token, CancellationToken cancellationToken)
    {
        try
        {
            return await past.GetParticipantsAsync(account, instance.Uuid!, size, token, cancellationToken);
        }
        catch (ZoomException exception) when (token is not null && exception.Code == InvalidToken)
        {
            throw new RequestException(RequestError.InvalidCursor, "Zoom goes on with a list for 15 minutes. Begin again without the cursor.");
        }
    }

    private async Task<IReadOnlyList<ZoomRecordingFile>> GetLatestAsync(
        ZoomAccount account, MeetingNumber number, bool hasInstances, CancellationToken cancellationToken)
    {
        try
        {
            return await past.GetRecordingsAsync(account, number, cancellationToken);
        }
        catch (ZoomException exception) when (hasInstances && exception.Error == ZoomError.NotFound)
        {
            // A number expires, a uuid does not.
            return [];
        }
    }

    private async Task<List<ZoomInstance>> FindInstancesAsync(ZoomAccount account, RegisteredMeeting known, CancellationToken cancellationToken)
    {
        var instances = await past.GetInstancesAsync(account, known.Number, cancellationToken);
        return [.. instances.Where(instance => IsOf(known, instance.StartTime))];
    }

    /// <summary>
    /// Whether what was at a time was in this meeting: before it was created, and once Zoom has it no more, its number may be another's. Of
    /// what has no time nobody knows.
    /// </summary>
    internal static bool IsOf(RegisteredMeeting known, string? text) =>
        TimeOf(text) is { } time
        && time >= TimeOf(known.Snapshot.CreatedAt) - Apart
        && (!known.IsClosed || time <= (known.StatusAt ?? known.ChangedAt) + Apart);

    /// <summary>Where a list goes on: Zoom tells of an instance for fifteen months.</summary>
    private static int IndexOf(List<ZoomInstance> instances, string uuid) => instances.FindIndex(instance => instance.Uuid == uuid) is >= 0 and var index
        ? index
        : throw new RequestException(RequestError.InvalidCursor, "Zoom does not tell of that instance any more. Begin again without the cursor.");

    private static string Name(ZoomInstance instance) => Uri.EscapeDataString(instance.Uuid!);

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
