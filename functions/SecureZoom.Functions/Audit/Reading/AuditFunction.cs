using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary><c>GET /api/audit</c>: a page of the trail, or the whole range as a stream.</summary>
public sealed class AuditFunction(AuditReader reader, ListCursor cursors, AuditExport export, ReadLog reads, CallLimits limits)
{
    private const string ListName = "audit";

    [Function("audit")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    [Limit(perPerson: 600, perOrganization: 6_000)]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = Query.Of(
            request, "from", "to", "action", "person", "ip", "meeting", "outcome", "source", "text", "after", "limit", "cursor", "organization");
        var filter = AuditQuery.Of(request.Caller(), query);
        if (ExportFormat.Of(request) is not { } format)
        {
            await reads.RecordAsync(CallContext.Of(request), AuditActions.AuditRead, filter.Organization, filter.ToDetails(), cancellationToken);
            return await ReadPageAsync(request.Caller(), query, filter, cancellationToken);
        }

        request.HttpContext.Response.RegisterForDispose(limits.BeginTrailReading(request.Caller()));
        return await export.StartAsync(CallContext.Of(request), filter, format, cancellationToken);
    }

    private async Task<IResult> ReadPageAsync(Caller caller, Query query, AuditQuery filter, CancellationToken cancellationToken)
    {
        var filters = JsonSerializer.Serialize(filter, AuditJson.Default.AuditQuery);
        var position = await cursors.OpenAsync(ListName, filters, query.Text("cursor"), caller, cancellationToken);
        var before = position is null ? (long?)null : long.Parse(position, CultureInfo.InvariantCulture);
        var found = await reader.ReadAsync(filter, before, query.Number("limit", 50, least: 1, most: 500), cancellationToken);
        var cursor = found.Before is { } sequence ? await cursors.SealAsync(ListName, filters, sequence.ToString(CultureInfo.InvariantCulture), caller, cancellationToken) : null;
        return new AuditPage(found.Records, cursor, filter.Text is null ? null : found.LookedAt);
    }
}
