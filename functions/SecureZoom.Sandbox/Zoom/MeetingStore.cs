using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>The account's meetings, in memory and, with a file, over restarts. A change is on disk when its task ends.</summary>
internal sealed class MeetingStore : IDisposable
{
    private readonly string? _file;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentQueue<long> _again = new();
    private volatile Dictionary<long, ZoomMeeting> _meetings;

    private MeetingStore(string? file, IEnumerable<ZoomMeeting> meetings) =>
        (_file, _meetings) = (file, meetings.ToDictionary(meeting => meeting.Id));

    /// <summary>How many meetings there are.</summary>
    public int Count => _meetings.Count;

    public static async Task<MeetingStore> LoadAsync(string? file, CancellationToken cancellationToken) =>
        new(file, file is null ? [] : await SecretFile.ReadAsync<List<ZoomMeeting>>(file, cancellationToken) ?? []);

    /// <summary>The number of the next meeting.</summary>
    public long NextNumber() =>
        _again.TryDequeue(out var number) ? number : 80_000_000_000 + RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>Lets the next meeting have a number that another had.</summary>
    public void GiveAgain(long number) => _again.Enqueue(number);

    /// <summary>The meeting with this number or, as for recordings, this UUID; null when there is none.</summary>
    public ZoomMeeting? Find(string idOrUuid) => FindPast(idOrUuid) is { IsExpired: false } meeting ? meeting : null;

    /// <summary>As <see cref="Find"/>, also one that has expired.</summary>
    public ZoomMeeting? FindPast(string idOrUuid) =>
        long.TryParse(idOrUuid, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? _meetings.GetValueOrDefault(id)
            : _meetings.Values.FirstOrDefault(meeting => meeting.Instances.Select(instance => instance.Uuid).Append(meeting.Uuid).Contains(Uri.UnescapeDataString(idOrUuid)));

    public static bool IsNumber(string idOrUuid) => long.TryParse(idOrUuid, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>A user's meetings, the oldest first.</summary>
    public IReadOnlyList<ZoomMeeting> HostedBy(ZoomUser user) =>
        [.. _meetings.Values.Where(meeting => meeting.HostId == user.Id && !meeting.IsExpired).OrderBy(meeting => meeting.CreatedAt).ThenBy(meeting => meeting.Id)];

    public Task AddAsync(ZoomMeeting meeting) => ChangeAsync(meetings => meetings.Add(meeting.Id, meeting));

    /// <summary>Changes a meeting; false when it is gone.</summary>
    public async Task<bool> UpdateAsync(long id, Func<ZoomMeeting, ZoomMeeting> change)
    {
        var found = false;
        await ChangeAsync(meetings =>
        {
            found = meetings.TryGetValue(id, out var meeting);
            if (found)
            {
                meetings[id] = change(meeting!);
            }
        });
        return found;
    }

    /// <summary>Takes a meeting away; false when it is gone already.</summary>
    public async Task<bool> RemoveAsync(long id)
    {
        var found = false;
        await ChangeAsync(meetings => found = meetings.Remove(id));
        return found;
    }

    public void Dispose() => _turn.Dispose();

    private async Task ChangeAsync(Action<Dictionary<long, ZoomMeeting>> change)
    {
        await _turn.WaitAsync();
        try
        {
            var meetings = new Dictionary<long, ZoomMeeting>(_meetings);
            change(meetings);
            if (_file is not null)
            {
                await SecretFile.WriteAsync(_file, meetings.Values, CancellationToken.None);
            }

            _meetings = meetings;
        }
        finally
        {
            _turn.Release();
        }
    }
}
