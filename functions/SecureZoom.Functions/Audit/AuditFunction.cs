using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit;

/// <summary><c>GET /api/audit</c>: a page of the trail, or the whole range as a stream.</summary>
public sealed class AuditFunction(AuditReader reader, ListCursor cursors, AuditExport export)
{
    private const string ListName = "audit";

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
        var filters = JsonSerializer.Serialize(wanted, AuditJson.Default.AuditQuery);
        var position = await cursors.OpenAsync(ListName, filters, query.Text("cursor"), caller, cancellationToken);
        var before = position is null ? (long?)null : long.Parse(position, CultureInfo.InvariantCulture);
        var (lines, next) = await reader.ReadAsync(wanted, before, query.Number("limit", 50, least: 1, most: 500), cancellationToken);
        var cursor = next is { } sequence ? await cursors.SealAsync(ListName, filters, sequence.ToString(CultureInfo.InvariantCulture), caller, cancellationToken) : null;
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
