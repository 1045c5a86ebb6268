using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Zoom's REST calls below <c>/v2</c>.</summary>
internal sealed class ZoomApi(
    ZoomStandInOptions options,
    ZoomTokens tokens,
    MeetingStore meetings,
    MeetingCourse course,
    WebhookEvents events,
    WebhookSender webhooks,
    ZoomPastApi past)
{
    private static readonly string[] WriteMeeting = ["meeting:write:meeting:admin", "meeting:write:admin"];
    private static readonly string[] UpdateMeeting = ["meeting:update:meeting:admin", "meeting:write:admin"];
    private static readonly string[] DeleteMeeting = ["meeting:delete:meeting:admin", "meeting:write:admin"];
    private static readonly string[] UpdateStatus = ["meeting:update:status:admin", "meeting:write:admin"];
    private static readonly string[] ReadMeeting = ["meeting:read:meeting:admin", "meeting:read:admin"];
    private static readonly string[] ListMeetings = ["meeting:read:list_meetings:admin", "meeting:read:admin"];
    private static readonly string[] ReadToken = ["user:read:token:admin", "user:read:admin"];
    private static readonly string[] ReadUser = ["user:read:user:admin", "user:read:admin"];

    private readonly ZoomUsers _users = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/v2");
        Scoped(api.MapPost("/users/{userId}/meetings", CreateAsync), WriteMeeting);
        Scoped(api.MapGet("/users/{userId}/meetings", List), ListMeetings);
        Scoped(api.MapGet("/users/{userId}/token", Zak), ReadToken);
        Scoped(api.MapGet("/users/{userId}", User), ReadUser);
        Scoped(api.MapGet("/meetings/{meetingId}", Get), ReadMeeting);
        Scoped(api.MapPatch("/meetings/{meetingId}", UpdateAsync), UpdateMeeting);
        Scoped(api.MapDelete("/meetings/{meetingId}", DeleteAsync), DeleteMeeting);
        Scoped(api.MapPut("/meetings/{meetingId}/status", ChangeStatusAsync), UpdateStatus);
        past.Map(api);
    }

    private void Scoped(RouteHandlerBuilder call, string[] anyScope) => call.AddEndpointFilter((context, next) =>
        tokens.Refuse(context.HttpContext.Request, anyScope) is { } refusal
            ? ValueTask.FromResult<object?>(refusal)
            : next(context));

    private async Task<IResult> CreateAsync(string userId, HttpRequest request)
    {
        if (_users.Find(userId) is not { } user)
        {
            return ZoomErrors.UnknownUser(userId);
        }

        if (await JsonBody.ReadAsync(request) is not { } json)
        {
            return ZoomErrors.MalformedBody;
        }

        var body = new MeetingBody(json);
        if (Refuse(body) is { } refusal)
        {
            return refusal;
        }

        var meeting = body.ApplyTo(
            ZoomMeeting.Blank(user, options.Time.GetUtcNow(), meetings.NextNumber(), meetings.Count), options.Time.GetUtcNow());
        await meetings.AddAsync(meeting);
        await webhooks.AnnounceAsync(events.Created(meeting));
        return Results.Json(MeetingJson.Full(meeting, DateTimeOffset.MinValue), statusCode: StatusCodes.Status201Created);
    }

    private IResult List(string userId, int? page_size, string? next_page_token, string? type)
    {
        if (_users.Find(userId) is not { } user)
        {
            return ZoomErrors.UnknownUser(userId);
        }

        var offset = 0;
        if (!string.IsNullOrEmpty(next_page_token)
            && !int.TryParse(next_page_token, NumberStyles.None, CultureInfo.InvariantCulture, out offset))
        {
            return ZoomErrors.InvalidPageToken;
        }

        // Instant meetings are never listed.
        var size = Math.Clamp(page_size ?? 30, 1, 300);
        var all = meetings.HostedBy(user)
            .Where(meeting => type == "live" ? meeting.IsStarted : meeting.Type != 1)
            .ToList();
        return Results.Json(new JsonObject
        {
            ["page_size"] = size,
            ["total_records"] = all.Count,
            ["next_page_token"] =
                offset + size < all.Count ? (offset + size).ToString(CultureInfo.InvariantCulture) : "",
            ["meetings"] = new JsonArray([.. all.Skip(offset).Take(size).Select(MeetingJson.Listed)]),
        });
    }

    private IResult Zak(string userId, string? type) =>
        _users.Find(userId) is null ? ZoomErrors.UnknownUser(userId)
        : type != "zak" ? ZoomErrors.Invalid([new FieldError("type", "The sandbox knows the type zak.")])
        : Results.Json(new { token = MeetingJson.Token() });

    private IResult User(string userId) => _users.Find(userId) is { } user
        ? Results.Json(new
        {
            id = user.Id,
            first_name = user.Name.Split(' ')[0],
            last_name = user.Name.Split(' ')[1],
            display_name = user.Name,
            email = user.Email,
            type = user.IsLicensed ? 2 : 1,
            status = "active",
            account_id = options.AccountId,
            timezone = "UTC",
            verified = 1,
        })
        : ZoomErrors.UnknownUser(userId);

    private IResult Get(string meetingId, string? occurrence_id, bool? show_previous_occurrences) =>
        meetings.Find(meetingId) is not { } meeting ? ZoomErrors.UnknownMeeting(meetingId)
        : occurrence_id is null
            ? Results.Json(MeetingJson.Full(meeting, show_previous_occurrences == true ? DateTimeOffset.MinValue : options.Time.GetUtcNow()))
        : Find(meeting, occurrence_id) is { } occurrence ? Results.Json(MeetingJson.Full(meeting, occurrence))
        : ZoomErrors.InvalidOccurrence;

    private static ZoomOccurrence? Find(ZoomMeeting meeting, string occurrence) =>
        meeting.Occurrences.FirstOrDefault(one => one.Id == occurrence && !one.IsDeleted);

    private async Task<IResult> UpdateAsync(string meetingId, string? occurrence_id, HttpRequest request)
    {
        if (meetings.Find(meetingId) is not { } before)
        {
            return ZoomErrors.UnknownMeeting(meetingId);
        }

        if (await JsonBody.ReadAsync(request) is not { } json)
        {
            return ZoomErrors.MalformedBody;
        }

        var body = new MeetingBody(json);
        if (Refuse(body) is { } refusal)
        {
            return refusal;
        }

        if (occurrence_id is not null)
        {
            return await UpdateOccurrenceAsync(before, occurrence_id, body);
        }

        if (body.LacksRecurrence(before))
        {
            return ZoomErrors.Invalid([new FieldError("recurrence", "The recurrence is missing.")]);
        }

        var after = before;
        if (!await meetings.UpdateAsync(before.Id, current => after = body.ApplyTo(before = current, options.Time.GetUtcNow())))
        {
            return ZoomErrors.UnknownMeeting(meetingId);
        }

        await webhooks.AnnounceAsync(events.Updated(before, after));
        return Results.NoContent();
    }

    private async Task<IResult> UpdateOccurrenceAsync(ZoomMeeting meeting, string occurrence, MeetingBody body)
    {
        if (Find(meeting, occurrence) is not { } before)
        {
            return ZoomErrors.InvalidOccurrence;
        }

        var after = body.ApplyTo(before, meeting);
        await ReplaceAsync(meeting, after);
        await webhooks.AnnounceAsync(events.Updated(meeting, before, after));
        return Results.NoContent();
    }

    private async Task<IResult> DeleteOccurrenceAsync(ZoomMeeting meeting, string occurrence)
    {
        if (Find(meeting, occurrence) is not { } deleted)
        {
            return ZoomErrors.InvalidOccurrence;
        }

        await ReplaceAsync(meeting, deleted with { IsDeleted = true });
        await webhooks.AnnounceAsync(events.Deleted(meeting, deleted));
        return Results.NoContent();
    }

    private Task<bool> ReplaceAsync(ZoomMeeting meeting, ZoomOccurrence occurrence) => meetings.UpdateAsync(meeting.Id, current => current with
    {
        Occurrences = [.. current.Occurrences.Select(one => one.Id == occurrence.Id ? occurrence : one)],
    });

    private async Task<IResult> DeleteAsync(string meetingId, string? occurrence_id)
    {
        if (meetings.Find(meetingId) is not { } meeting)
        {
            return ZoomErrors.UnknownMeeting(meetingId);
        }

        if (occurrence_id is not null)
        {
            return await DeleteOccurrenceAsync(meeting, occurrence_id);
        }

        if (meeting.IsStarted)
        {
            return ZoomErrors.InProgress;
        }

        if (!await meetings.RemoveAsync(meeting.Id))
        {
            return ZoomErrors.UnknownMeeting(meetingId);
        }

        await webhooks.AnnounceAsync(events.Deleted(meeting, only: null));
        return Results.NoContent();
    }

    private async Task<IResult> ChangeStatusAsync(string meetingId, HttpRequest request)
    {
        if (meetings.Find(meetingId) is not { } meeting)
        {
            return ZoomErrors.UnknownMeeting(meetingId);
        }

        var action = (await JsonBody.ReadAsync(request))?["action"];
        if (action?.ToString() != "end")
        {
            return action is null
                ? ZoomErrors.MalformedBody
                : ZoomErrors.Invalid([new FieldError("action", "The sandbox knows the action end.")]);
        }

        await course.EndAsync(meeting);
        return Results.NoContent();
    }

    private IResult? Refuse(MeetingBody body) =>
        body.Validate() is { Count: > 0 } errors ? ZoomErrors.Invalid(errors)
        : body.AlternativeHosts.FirstOrDefault(host => _users.Find(host) is not { IsLicensed: true }) is { } stranger
            ? ZoomErrors.AlternativeHost(stranger)
            : null;
}
