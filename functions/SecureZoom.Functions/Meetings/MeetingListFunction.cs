using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Meetings;

/// <summary><c>GET /api/meetings</c>, and one of them as that has it.</summary>
public sealed class MeetingListFunction(MeetingSearch search, MeetingDetails details, ListCursor cursors)
{
    private const string ListName = "meetings";
    private const string Me = "me";
    private const int MaxText = 200;

    [Function("meetings-list")]
    [Requires(Permissions.MeetingsJoin, GivesNothing = true)]
    [Limit(perPerson: 300, perOrganization: 6_000)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = request.Caller();
        var query = Query.Of(request, "when", "from", "to", "host", "query", "cursor", "pageSize");
        var filter = Filter(caller, query);
        var scope = $"{caller.OrganizationId}|{filter.Scope}";
        var after = await cursors.OpenAsync(ListName, scope, query.Text("cursor"), caller, cancellationToken);
        var page = await search.FindAsync(
            caller.OrganizationId, filter, after, query.Number("pageSize", 30, least: 1, most: 100), cancellationToken);
        var cursor = page.Last is { } last ? await cursors.SealAsync(ListName, scope, last, caller, cancellationToken) : null;
        return Results.Json(
            new MeetingList([.. page.Meetings.Select(meeting => MeetingMapping.View(caller, meeting))], cursor, filter.Searches ? page.LookedTo : null),
            MeetingJson.Default.MeetingList);
    }

    [Function("meetings-details")]
    [Requires(Permissions.MeetingsJoin, GivesNothing = true)]
    [Limit(perPerson: 300, perOrganization: 6_000)]
    public async Task<IResult> Details(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "meetings/{id}/details")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var meeting = await details.GetAsync(request.Caller(), MeetingsFunction.Number(id), cancellationToken);
        return Results.Json(meeting, MeetingJson.Default.MeetingView);
    }

    private static MeetingQuery Filter(Caller caller, Query query)
    {
        var (from, to) = query.Range();
        var (when, host, text) = (query.Text("when"), query.Text("host"), query.Text("query"));
        Require(when is null or MeetingQuery.Now or MeetingQuery.Upcoming or MeetingQuery.Past, "when is now, upcoming or past.");
        Require(host is null or Me, "host is me.");
        Require(text is null or { Length: <= MaxText }, $"query has at most {MaxText} characters.");
        if (host is not null)
        {
            caller.RequireEmailDomains();
        }

        return new MeetingQuery(when, from, to, host is not null, caller.HostEmail, text);
    }

    private static void Require(bool condition, string detail)
    {
        if (!condition)
        {
            throw new RequestException(RequestError.Invalid, detail);
        }
    }
}
