using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Audit;

/// <summary><c>GET /api/audit</c>.</summary>
public sealed class AuditFunction(AuditReader reader, AuditCursor cursors)
{
    [Function("audit")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = request.Caller();
        var query = Query.Of(
            request, "from", "to", "action", "actor", "meeting", "outcome", "source", "limit", "cursor", "organization");
        var wanted = new AuditQuery(
            OrganizationOf(caller, query.Text("organization")),
            query.Time("from"),
            query.Time("to"),
            query.Text("action"),
            query.Text("actor"),
            query.Text("meeting"),
            query.Text("outcome"),
            query.Text("source"));
        var before = await cursors.OpenAsync(query.Text("cursor"), wanted, caller, cancellationToken);
        var (lines, next) = await reader.ReadAsync(wanted, before, query.Number("limit", 50, least: 1, most: 500), cancellationToken);
        var cursor = next is { } sequence ? await cursors.SealAsync(sequence, wanted, caller, cancellationToken) : null;
        return new AuditPage(lines, cursor);
    }

    /// <summary>One's own organisation; any other, or <c>unassigned</c>, for whoever may read every trail.</summary>
    private static string OrganizationOf(Caller caller, string? wanted)
    {
        var organization = wanted ?? caller.OrganizationId;
        if (!OrganizationId.IsValid(organization))
        {
            throw new RequestException(RequestError.Invalid, "organization is an organisation's id.");
        }

        if (organization != caller.OrganizationId || !caller.May(Permissions.AuditRead))
        {
            caller.Require(Permissions.AuditReadAny);
        }

        return organization;
    }
}
