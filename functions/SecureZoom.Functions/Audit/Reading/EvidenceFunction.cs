using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary><c>GET /api/audit/evidence</c>: some records, with what proves each.</summary>
public sealed class EvidenceFunction(EvidenceExport evidence, CallLimits limits)
{
    [Function("audit-evidence")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    [Limit(perPerson: 60, perOrganization: 240)]
    public async Task<IResult> Collect(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/evidence")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = Query.Of(
            request, "sequence", "from", "to", "action", "person", "ip", "meeting", "outcome", "source", "texts", "organization");
        var filter = AuditQuery.Of(request.Caller(), query);
        var wanted = new EvidenceQuery(filter with { Person = null }, Sequences(query), filter.Person, query.Flag("texts"));
        request.HttpContext.Response.RegisterForDispose(limits.BeginTrailReading(request.Caller()));
        return await evidence.StartAsync(CallContext.Of(request), wanted, cancellationToken);
    }

    private static SequenceSet? Sequences(Query query) => query.Text("sequence") is not { } text
        ? null
        : SequenceSet.TryParse(text) ?? throw new RequestException(RequestError.Invalid, "sequence names records, such as 12,14-20.");
}
