using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>What helps to come to a meeting in time, below <c>/api/meetings/{id}</c>; and its passcode anew.</summary>
public sealed class JoiningFunction(MeetingStatuses statuses, MeetingPasscodes passcodes, MeetingCalendar calendar)
{
    private const string Meeting = "meeting";

    [Function("meetings-status")]
    [Requires(Permissions.MeetingsJoin, OrInvitation = true, GivesNothing = true)]
    [Limit(perPerson: 300, perOrganization: 30_000)]
    public async Task<IResult> Status(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings/{id}/status")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var invitation = request.Headers.TryGetValue(MeetingsFunction.InvitationHeader, out var token) ? token.ToString() : null;
        var include = Query.Of(request, "include").Text("include");
        if (include is not (null or Meeting))
        {
            throw new RequestException(RequestError.Invalid, $"include is {Meeting}.");
        }

        var status = await statuses.GetAsync(CallContext.Of(request), MeetingsFunction.Number(id), invitation, include is not null, cancellationToken);
        return Results.Json(status, MeetingJson.Default.StatusAnswer);
    }

    [Function("meetings-passcode")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> ChangePasscode(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "meetings/{id}/passcode")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var passcode = await passcodes.ChangeAsync(CallContext.Of(request), MeetingsFunction.Number(id), cancellationToken);
        return Results.Json(passcode, MeetingJson.Default.PasscodeAnswer);
    }

    [Function("meetings-calendar")]
    [Requires(Permissions.MeetingsJoin, GivesNothing = true)]
    [Limit(perPerson: 300, perOrganization: 6_000)]
    public async Task<IResult> Calendar(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings/{id}/calendar")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var entry = await calendar.GetAsync(request.Caller(), MeetingsFunction.Number(id), cancellationToken);
        return Results.Text(entry, "text/calendar", Encoding.UTF8);
    }
}
