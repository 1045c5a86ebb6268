using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Audit;

/// <summary><c>GET /api/audit</c>: a page of the trail, or the whole range as a stream.</summary>
public sealed class AuditFunction(AuditReader reader, AuditCursor cursors, AuditExport export)
{
    [Function("audit")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = Query.Of(
            request, "from", "to", "action", "actor", "meeting", "outcome", "source", "limit", "cursor", "organization");
        var wanted = Wanted(request.Caller(), query);
        return AuditExport.FormatOf(request) is { } format
            ? await export.StartAsync(CallContext.Of(request), wanted, format, cancellationToken)
            : await ReadPageAsync(request.Caller(), query, wanted, cancellationToken);
    }

    private async Task<IResult> ReadPageAsync(Caller caller, Query query, AuditQuery wanted, CancellationToken cancellationToken)
    {
        var before = await cursors.OpenAsync(query.Text("cursor"), wanted, caller, cancellationToken);
        var (lines, next) = await reader.ReadAsync(wanted, before, query.Number("limit", 50, least: 1, most: 500), cancellationToken);
        var cursor = next is { } sequence ? await cursors.SealAsync(sequence, wanted, caller, cancellationToken) : null;
        return new AuditPage(lines, cursor);
    }

    private static AuditQuery Wanted(Caller caller, Query query) => new(
        AuditScope.Of(caller, query.Text("organization")),
        query.Time("from"),
        query.Time("to"),
        query.Text("action"),
        query.Text("actor"),
        query.Text("meeting"),
        query.Text("outcome"),
        query.Text("source"));
}
