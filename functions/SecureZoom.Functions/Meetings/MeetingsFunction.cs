using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary><c>/api/meetings</c> and what is below it.</summary>
public sealed class MeetingsFunction(MeetingService meetings, MeetingOccurrences occurrences, MeetingInvitations invitations)
{
    /// <summary>The part of an address that names the meeting, as its caller typed it.</summary>
    internal const string NumberRouteValue = "id";

    internal const string InvitationHeader = "Meeting-Invitation";

    private const string OccurrenceParameter = "occurrence_id";
    private const string IncludeParameter = "include";

    /// <summary>What the list of invitations can also tell.</summary>
    private const string Organizations = "organizations";

    [Function("meetings-create")]
    [Requires(Permissions.MeetingsHost)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "meetings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await StrictJson.ReadAsync(request, MeetingJson.Default.CreateMeeting, cancellationToken);
        var meeting = await meetings.CreateAsync(CallContext.Of(request), body, cancellationToken);
        request.HttpContext.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"/api/meetings/{meeting.Id}");
        return Results.Json(meeting, MeetingJson.Default.MeetingView, statusCode: StatusCodes.Status201Created);
    }

    [Function("meetings-get")]
    [Requires(Permissions.MeetingsJoin, OrInvitation = true)]
    [Limit(perPerson: 300, perOrganization: 6_000)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (call, number, occurrence) = (CallContext.Of(request), Number(id), Occurrence(request));
        var meeting = request.Headers.TryGetValue(InvitationHeader, out var invitation)
            ? await invitations.GetMeetingAsync(call, number, invitation.ToString(), cancellationToken)
            : occurrence is null ? await meetings.GetAsync(call, number, cancellationToken)
            : await occurrences.GetAsync(call, number, occurrence, cancellationToken);
        return Results.Json(meeting, MeetingJson.Default.MeetingView);
    }

    [Function("meetings-update")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Update(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "meetings/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (call, number, occurrence) = (CallContext.Of(request), Number(id), Occurrence(request));
        var change = await StrictJson.ReadAsync(request, MeetingJson.Default.UpdateMeeting, cancellationToken);
        var meeting = occurrence is null
            ? await meetings.UpdateAsync(call, number, change, cancellationToken)
            : await occurrences.UpdateAsync(call, number, occurrence, change, cancellationToken);
        return Results.Json(meeting, MeetingJson.Default.MeetingView);
    }

    [Function("meetings-delete")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "meetings/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (call, number, occurrence) = (CallContext.Of(request), Number(id), Occurrence(request));
        await (occurrence is null
            ? meetings.DeleteAsync(call, number, cancellationToken)
            : occurrences.DeleteAsync(call, number, occurrence, cancellationToken));
        return Results.NoContent();
    }

    [Function("meetings-end")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> End(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "meetings/{id}/end")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        await meetings.EndAsync(CallContext.Of(request), Number(id), cancellationToken);
        return Results.NoContent();
    }

    [Function("meetings-invite")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Invite(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "meetings/{id}/invitations")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var number = Number(id);
        var body = await StrictJson.ReadAsync(request, InvitationJson.Default.InvitationRequest, cancellationToken);
        var invitation = await invitations.InviteAsync(CallContext.Of(request), number, body, cancellationToken);
        return Results.Json(invitation, InvitationJson.Default.InvitationResponse, statusCode: StatusCodes.Status201Created);
    }

    [Function("meetings-invitations")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Invitations(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings/{id}/invitations")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var include = Query.Of(request, IncludeParameter).Text(IncludeParameter);
        if (include is not (null or Organizations))
        {
            throw new RequestException(RequestError.Invalid, $"{IncludeParameter} is {Organizations}.");
        }

        var open = await invitations.ListAsync(CallContext.Of(request), Number(id), include is not null, cancellationToken);
        return Results.Json(open, InvitationJson.Default.InvitationList);
    }

    [Function("meetings-withdraw")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Withdraw(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "meetings/{id}/invitations/{invitationId}")] HttpRequest request,
        string id,
        string invitationId,
        CancellationToken cancellationToken)
    {
        await invitations.WithdrawAsync(CallContext.Of(request), Number(id), invitationId, cancellationToken);
        return Results.NoContent();
    }

    private static string? Occurrence(HttpRequest request) => Query.Of(request, OccurrenceParameter).Text(OccurrenceParameter);

    /// <summary>What is no number is a meeting that nobody has.</summary>
    internal static MeetingNumber Number(string id) =>
        MeetingNumber.TryParse(id, spaced: false, out var number) ? number : throw new MeetingNotFoundException(id);
}
