using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Meetings;

/// <summary>What was in a meeting, below <c>/api/meetings/{id}</c>.</summary>
public sealed class PastFunction(MeetingPast past, ListCursor cursors)
{
    private const string RecordingsName = "recordings";
    private const string ParticipantsName = "participants";

    [Function("meetings-recordings")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Recordings(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings/{id}/recordings")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (call, number) = (CallContext.Of(request), MeetingsFunction.Number(id));
        var scope = $"{call.Caller.OrganizationId}|{number}";
        var after = await cursors.OpenAsync(RecordingsName, scope, Query.Of(request, "cursor").Text("cursor"), call.Caller, cancellationToken);
        var page = await past.GetRecordingsAsync(call, number, after, cancellationToken);
        var cursor = page.Next is { } next ? await cursors.SealAsync(RecordingsName, scope, next, call.Caller, cancellationToken) : null;
        return Results.Json(new RecordingList(page.Items, cursor), MeetingJson.Default.RecordingList);
    }

    [Function("meetings-participants")]
    [Requires(Permissions.MeetingsHost, Permissions.MeetingsManage)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Participants(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings/{id}/participants")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (call, number) = (CallContext.Of(request), MeetingsFunction.Number(id));
        var query = Query.Of(request, "cursor", "pageSize");
        var size = query.Number("pageSize", 100, least: 1, most: 300);
        var scope = $"{call.Caller.OrganizationId}|{number}|{size}";
        var from = await cursors.OpenAsync(ParticipantsName, scope, query.Text("cursor"), call.Caller, cancellationToken);
        var page = await past.GetParticipantsAsync(call, number, from, size, cancellationToken);
        var cursor = page.Next is { } next ? await cursors.SealAsync(ParticipantsName, scope, next, call.Caller, cancellationToken) : null;
        return Results.Json(new ParticipantList(page.Items, cursor), MeetingJson.Default.ParticipantList);
    }
}
