using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary><c>/api/meetings</c> and what is below it.</summary>
public sealed class MeetingsFunction(MeetingService meetings, ListCursor cursors, Invitations invitations)
{
    private const string ListName = "meetings";
    private const string GrantHeader = "Meeting-Grant";

    [Function("meetings-list")]
    [Requires(Permissions.MeetingsJoin)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var call = CallContext.Of(request);
        var query = Query.Of(request, "cursor", "pageSize");
        var organization = call.Caller.OrganizationId;
        var position = await cursors.OpenAsync(ListName, organization, query.Text("cursor"), call.Caller, cancellationToken);
        var after = MeetingNumber.TryParse(position, spaced: false, out var known) ? known : (MeetingNumber?)null;
        var (page, last) = await meetings.ListAsync(call, after, query.Number("pageSize", 30, least: 1, most: 100), cancellationToken);
        var cursor = last is { } number ? await cursors.SealAsync(ListName, organization, number.ToString(), call.Caller, cancellationToken) : null;
        return Results.Json(new MeetingList(page, cursor), MeetingJson.Default.MeetingList);
    }

    [Function("meetings-create")]
    [Requires(Permissions.MeetingsHost)]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "meetings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var wanted = await StrictJson.ReadAsync(request, MeetingJson.Default.CreateMeeting, cancellationToken);
        var meeting = await meetings.CreateAsync(CallContext.Of(request), wanted, cancellationToken);
        request.HttpContext.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"/api/meetings/{meeting.Id}");
        return Results.Json(meeting, MeetingJson.Default.MeetingView, statusCode: StatusCodes.Status201Created);
    }

    [Function("meetings-get")]
    [Requires(Permissions.MeetingsJoin, OrGrant = true)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var call = CallContext.Of(request);
        var number = Number(id);
        var meeting = request.Headers.TryGetValue(GrantHeader, out var grant)
            ? await invitations.GetMeetingAsync(call, number, grant.ToString(), cancellationToken)
            : await meetings.GetAsync(call, number, cancellationToken);
        return Results.Json(meeting, MeetingJson.Default.MeetingView);
    }

    [Function("meetings-update")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    public async Task<IResult> Update(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "meetings/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var number = Number(id);
        var change = await StrictJson.ReadAsync(request, MeetingJson.Default.UpdateMeeting, cancellationToken);
        var meeting = await meetings.UpdateAsync(CallContext.Of(request), number, change, cancellationToken);
        return Results.Json(meeting, MeetingJson.Default.MeetingView);
    }

    [Function("meetings-delete")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "meetings/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await meetings.DeleteAsync(CallContext.Of(request), Number(id), cancellationToken);
        return Results.NoContent();
    }

    [Function("meetings-end")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    public async Task<IResult> End(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "meetings/{id}/end")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await meetings.EndAsync(CallContext.Of(request), Number(id), cancellationToken);
        return Results.NoContent();
    }

    [Function("meetings-recordings")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    public async Task<IResult> Recordings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings/{id}/recordings")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var recordings = await meetings.GetRecordingsAsync(CallContext.Of(request), Number(id), cancellationToken);
        return Results.Json(new RecordingList(recordings), MeetingJson.Default.RecordingList);
    }

    [Function("meetings-invite")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    public async Task<IResult> Invite(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "meetings/{id}/invitations")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var number = Number(id);
        var wanted = await StrictJson.ReadAsync(request, InvitationJson.Default.InvitationRequest, cancellationToken);
        var invitation = await invitations.InviteAsync(CallContext.Of(request), number, wanted, cancellationToken);
        return Results.Json(invitation, InvitationJson.Default.InvitationResponse, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>What is no number is a meeting that nobody has.</summary>
    private static MeetingNumber Number(string id) =>
        MeetingNumber.TryParse(id, spaced: false, out var number) ? number : throw new MeetingNotFoundException(id);
}
