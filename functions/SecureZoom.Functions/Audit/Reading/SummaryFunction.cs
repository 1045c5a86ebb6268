using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Summaries;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.IdentityEvents;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary><c>GET /api/audit/summary</c>: what a trail says in numbers.</summary>
public sealed class SummaryFunction(SummaryReader summaries, SourceHeartbeats sources, ReadLog reads, TimeProvider time)
{
    [Function("audit-summary")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    [Limit(perPerson: 600, perOrganization: 6_000)]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/summary")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = SummaryQuery.Of(request.Caller(), Query.Of(request, "from", "to", "by", "organization"), time.GetUtcNow());
        await reads.RecordAsync(CallContext.Of(request), AuditActions.AuditRead, query.Organization, query.ToDetails(), cancellationToken);
        var heard = await sources.ReadAsync(query.Organization, cancellationToken);
        return Results.Json(
            await summaries.ReadAsync(query.Organization, query.By, query.From, query.To, [.. heard.Select(source => new HeardSource(source.Type, source.HeardAt, source.IsSilent))], cancellationToken),
            AuditJson.Default.SummaryResponse);
    }
}
