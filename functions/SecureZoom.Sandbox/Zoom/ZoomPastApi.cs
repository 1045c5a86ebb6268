using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Zoom's REST calls below <c>/v2</c> for what is over: instances, who was there, recordings.</summary>
internal sealed class ZoomPastApi(ZoomStandInOptions options, ZoomTokens tokens, MeetingStore meetings)
{
    private static readonly string[] ReadRecordings =
        ["cloud_recording:read:list_recording_files:admin", "recording:read:admin"];

    private static readonly string[] ReadInstances = ["meeting:read:list_past_instances:admin", "meeting:read:admin"];
    private static readonly string[] ReadParticipants = ["meeting:read:list_past_participants:admin", "meeting:read:admin"];

    private static readonly TimeSpan PageTokenLife = TimeSpan.FromMinutes(15);

    public void Map(RouteGroupBuilder api)
    {
        Scoped(api.MapGet("/meetings/{meetingId}/recordings", Recordings), ReadRecordings);
        Scoped(api.MapGet("/past_meetings/{meetingId}/instances", Instances), ReadInstances);
        Scoped(api.MapGet("/past_meetings/{meetingId}/participants", Participants), ReadParticipants);
    }

    private void Scoped(RouteHandlerBuilder call, string[] anyScope) => call.AddEndpointFilter((context, next) =>
        tokens.Refuse(context.HttpContext.Request, anyScope) is { } refusal
            ? ValueTask.FromResult<object?>(refusal)
            : next(context));

    private IResult Recordings(string meetingId, HttpContext context) =>
        Find(context) is not var (meeting, uuid) ? ZoomErrors.UnknownMeeting(meetingId)
        : meeting.RecordingsOf(uuid ?? meeting.LatestUuid) is not { Count: > 0 } files ? ZoomErrors.NoRecording
        : Results.Json(RecordingJson.Of(meeting, files, options.AccountId));

    private IResult Instances(string meetingId, HttpContext context) =>
        Find(context) is not (var meeting, null) || meeting.Instances.Count == 0
            ? ZoomErrors.UnknownMeeting(meetingId)
            : Results.Json(new JsonObject
            {
                ["meetings"] = new JsonArray([.. meeting.Instances.Select(instance => new JsonObject
                {
                    ["uuid"] = instance.Uuid,
                    ["start_time"] = MeetingJson.Time(instance.StartTime),
                })]),
            });

    private IResult Participants(string meetingId, int? page_size, string? next_page_token, HttpContext context)
    {
        if (Find(context) is not var (meeting, uuid)
            || meeting.Instances.LastOrDefault(one => uuid is null || one.Uuid == uuid) is not { } instance)
        {
            return ZoomErrors.UnknownMeeting(meetingId);
        }

        var now = options.Time.GetUtcNow();
        var token = (next_page_token ?? "").Split('.');
        if (!string.IsNullOrEmpty(next_page_token)
            && (token.Length != 2 || long.Parse(token[1], CultureInfo.InvariantCulture) < now.ToUnixTimeSeconds()))
        {
            return ZoomErrors.InvalidPageToken;
        }

        // Of somebody who was there alone, Zoom tells nothing.
        var all = instance.Participants.Select(one => one["name"]?.ToString()).Distinct().Count() < 2 ? [] : instance.Participants;
        var (offset, size) = (token.Length == 2 ? int.Parse(token[0], CultureInfo.InvariantCulture) : 0, Math.Clamp(page_size ?? 30, 1, 300));
        return Results.Json(new JsonObject
        {
            ["page_count"] = (all.Count + size - 1) / size,
            ["page_size"] = size,
            ["total_records"] = all.Count,
            ["next_page_token"] = offset + size < all.Count
                ? string.Create(CultureInfo.InvariantCulture, $"{offset + size}.{(now + PageTokenLife).ToUnixTimeSeconds()}")
                : "",
            ["participants"] = new JsonArray([.. all.Skip(offset).Take(size).Select(one => one.DeepClone())]),
        });
    }

    /// <summary>The meeting that the address names by number, or by the uuid of an instance: twice encoded where it would be taken for a path.</summary>
    private (ZoomMeeting Meeting, string? Uuid)? Find(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var once = Uri.UnescapeDataString(target.Split('/')[3]);
        if (once.StartsWith('/') || once.Contains("//", StringComparison.Ordinal) || meetings.FindPast(once) is not { } meeting)
        {
            return null;
        }

        return (meeting, MeetingStore.IsNumber(once) ? null : Uri.UnescapeDataString(once));
    }
}
