using System.Net.Http.Json;

namespace SecureZoom.Functions.Zoom;

/// <summary>Users' meetings at Zoom.</summary>
public sealed class ZoomApi(ZoomCalls calls)
{
    /// <param name="host">The Zoom user's e-mail address or id.</param>
    public Task<ZoomMeeting> CreateMeetingAsync(
        ZoomAccount account, string host, ZoomMeetingChange meeting, CancellationToken cancellationToken) =>
        calls.WithinAsync(
            limited => calls.SendAsync(
                account, HttpMethod.Post, $"users/{Uri.EscapeDataString(host)}/meetings",
                JsonContent.Create(meeting, ZoomJson.Default.ZoomMeetingChange), ZoomJson.Default.ZoomMeeting, limited),
            cancellationToken);

    /// <summary>A meeting; of a series also the occurrences that are past.</summary>
    public Task<ZoomMeeting> GetMeetingAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken) =>
        calls.WithinAsync(limited => ReadAsync(account, number, limited), cancellationToken);

    /// <summary>A series as it is at one of its occurrences.</summary>
    public Task<ZoomMeeting> GetOccurrenceAsync(ZoomAccount account, MeetingNumber number, string occurrence, CancellationToken cancellationToken) =>
        calls.WithinAsync(
            limited => calls.SendAsync(account, HttpMethod.Get, $"meetings/{number}{At(occurrence)}", null, ZoomJson.Default.ZoomMeeting, limited),
            cancellationToken);

    /// <summary>A user's scheduled meetings, the newest page of them; Zoom does not list instant ones.</summary>
    /// <param name="host">The Zoom user's e-mail address or id.</param>
    public async Task<IReadOnlyList<ZoomMeeting>> ListMeetingsAsync(ZoomAccount account, string host, CancellationToken cancellationToken)
    {
        var list = await calls.WithinAsync(
            limited => calls.SendAsync(
                account, HttpMethod.Get, $"users/{Uri.EscapeDataString(host)}/meetings?type=scheduled&page_size=300", null,
                ZoomJson.Default.ZoomMeetingPage, limited),
            cancellationToken);
        return list.Meetings ?? [];
    }

    /// <returns>The meeting as it is then; null when Zoom has changed it but does not tell.</returns>
    public Task<ZoomMeeting?> UpdateMeetingAsync(
        ZoomAccount account, MeetingNumber number, ZoomMeetingChange change, CancellationToken cancellationToken) =>
        UpdateAsync(account, number, occurrence: null, change, cancellationToken);

    /// <summary>Changes one occurrence of a series.</summary>
    /// <returns>The series as it is then; null when Zoom has changed it but does not tell.</returns>
    public Task<ZoomMeeting?> UpdateOccurrenceAsync(
        ZoomAccount account, MeetingNumber number, string occurrence, ZoomMeetingChange change, CancellationToken cancellationToken) =>
        UpdateAsync(account, number, occurrence, change, cancellationToken);

    public Task ChangePasscodeAsync(ZoomAccount account, MeetingNumber number, string passcode, CancellationToken cancellationToken) =>
        calls.WithinAsync(
            limited => calls.SendAsync(
                account, HttpMethod.Patch, $"meetings/{number}",
                JsonContent.Create(new ZoomMeetingChange { Password = passcode }, ZoomJson.Default.ZoomMeetingChange), limited),
            cancellationToken);

    public Task DeleteMeetingAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken) =>
        calls.WithinAsync(limited => calls.SendAsync(account, HttpMethod.Delete, $"meetings/{number}", null, limited), cancellationToken);

    /// <summary>Deletes one occurrence of a series.</summary>
    public Task DeleteOccurrenceAsync(ZoomAccount account, MeetingNumber number, string occurrence, CancellationToken cancellationToken) =>
        calls.WithinAsync(
            limited => calls.SendAsync(account, HttpMethod.Delete, $"meetings/{number}{At(occurrence)}", null, limited), cancellationToken);

    public Task EndMeetingAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken) =>
        calls.WithinAsync(
            limited => calls.SendAsync(
                account, HttpMethod.Put, $"meetings/{number}/status",
                JsonContent.Create(new ZoomStatusChange("end"), ZoomJson.Default.ZoomStatusChange), limited),
            cancellationToken);

    /// <summary>A fresh Zoom access key (ZAK) of a user: good for about two hours, and to be fetched for each start.</summary>
    public async Task<string> GetZakAsync(ZoomAccount account, string user, CancellationToken cancellationToken)
    {
        var answer = await calls.WithinAsync(
            limited => calls.SendAsync(
                account, HttpMethod.Get, $"users/{Uri.EscapeDataString(user)}/token?type=zak", null, ZoomJson.Default.ZoomUserToken, limited),
            cancellationToken);
        return answer.Token is { Length: > 0 } zak ? zak : throw new ZoomException(ZoomError.BadGateway);
    }

    private Task<ZoomMeeting?> UpdateAsync(
        ZoomAccount account, MeetingNumber number, string? occurrence, ZoomMeetingChange change, CancellationToken cancellationToken) =>
        calls.WithinAsync(
            async limited =>
            {
                await calls.SendAsync(
                    account, HttpMethod.Patch, $"meetings/{number}{At(occurrence)}",
                    JsonContent.Create(change, ZoomJson.Default.ZoomMeetingChange), limited);
                try
                {
                    return await ReadAsync(account, number, limited);
                }
                catch (Exception exception) when (exception is ZoomException or OperationCanceledException)
                {
                    return null;
                }
            },
            cancellationToken);

    private Task<ZoomMeeting> ReadAsync(ZoomAccount account, MeetingNumber number, CancellationToken cancellationToken) =>
        calls.SendAsync(account, HttpMethod.Get, $"meetings/{number}?show_previous_occurrences=true", null, ZoomJson.Default.ZoomMeeting, cancellationToken);

    private static string At(string? occurrence) => occurrence is null ? "" : $"?occurrence_id={Uri.EscapeDataString(occurrence)}";
}
