using System.Globalization;

namespace SecureZoom.Functions.Zoom;

/// <summary>What Zoom keeps of the instances of a meeting.</summary>
public sealed class ZoomPastApi(ZoomCalls calls)
{
    private const int NotEnded = 3001;
    private const int RecordingNotFound = 3301;

    /// <summary>The instances that have ended, the latest first; none where none has.</summary>
    public async Task<IReadOnlyList<ZoomInstance>> GetInstancesAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken)
    {
        try
        {
            var instances = await calls.WithinAsync(
                limited => calls.SendAsync(
                    account, HttpMethod.Get, $"past_meetings/{number}/instances", null, ZoomJson.Default.ZoomInstances, limited),
                cancellationToken);
            return [.. (instances.Meetings ?? []).Where(instance => instance.Uuid is { Length: > 0 })
                .OrderByDescending(instance => instance.StartTime, StringComparer.Ordinal)];
        }
        catch (ZoomException exception) when (exception.Code == NotEnded)
        {
            return [];
        }
    }

    /// <summary>The recordings of the latest instance; empty when there are none.</summary>
    public Task<IReadOnlyList<ZoomRecordingFile>> GetRecordingsAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken) =>
        GetRecordingsAsync(account, number.ToString(), [RecordingNotFound], cancellationToken);

    /// <summary>The recordings of an instance; empty when there are none, or Zoom does not find the instance that it told us of.</summary>
    public Task<IReadOnlyList<ZoomRecordingFile>> GetRecordingsOfAsync(ZoomAccount account, string uuid, CancellationToken cancellationToken) =>
        GetRecordingsAsync(account, Segment(uuid), [RecordingNotFound, NotEnded], cancellationToken);

    /// <summary>Those who were in an instance, page by page; none where only one person was.</summary>
    /// <param name="token">The page before's; null for the first page.</param>
    public async Task<ZoomParticipants> GetParticipantsAsync(
        ZoomAccount account, string uuid, int pageSize, string? token, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"page_size={pageSize}&next_page_token={Uri.EscapeDataString(token ?? "")}");
        try
        {
            return await calls.WithinAsync(
                limited => calls.SendAsync(
                    account, HttpMethod.Get, $"past_meetings/{Segment(uuid)}/participants?{query}", null, ZoomJson.Default.ZoomParticipants, limited),
                cancellationToken);
        }
        catch (ZoomException exception) when (exception.Code == NotEnded)
        {
            return new ZoomParticipants([], null);
        }
    }

    /// <param name="none">The codes that say that there are none.</param>
    private async Task<IReadOnlyList<ZoomRecordingFile>> GetRecordingsAsync(ZoomAccount account, string meeting, int[] none, CancellationToken cancellationToken)
    {
        try
        {
            var recordings = await calls.WithinAsync(
                limited => calls.SendAsync(
                    account, HttpMethod.Get, $"meetings/{meeting}/recordings", null, ZoomJson.Default.ZoomRecordings, limited),
                cancellationToken);
            return recordings.RecordingFiles ?? [];
        }
        catch (ZoomException exception) when (exception.Code is { } code && none.Contains(code))
        {
            return [];
        }
    }

    /// <summary>A uuid in an address: Zoom decodes one twice that would be taken for a path.</summary>
    private static string Segment(string uuid)
    {
        var once = Uri.EscapeDataString(uuid);
        return uuid.StartsWith('/') || uuid.Contains("//", StringComparison.Ordinal) ? Uri.EscapeDataString(once) : once;
    }
}
