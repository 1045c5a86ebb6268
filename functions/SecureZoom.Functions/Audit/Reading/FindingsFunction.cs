using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>What was found wrong with a trail, and that it is known: <c>GET</c> and <c>POST /api/audit/findings</c>.</summary>
public sealed class FindingsFunction(TrailFindings findings, KnownFindings known, ReadLog reads)
{
    [Function("audit-findings")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/findings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var organization = AuditScope.Of(request.Caller(), Query.Of(request, "organization").Text("organization"));
        await reads.RecordAsync(CallContext.Of(request), AuditActions.AuditRead, organization, new JsonObject { ["format"] = AuditSentence.Findings }, cancellationToken);
        var found = await findings.ReadAsync(organization, cancellationToken);
        return Results.Json(new FindingList(found), AuditJson.Default.FindingList);
    }

    [Function("audit-findings-known")]
    [Requires(Permissions.AuditReadAny)]
    [Limit(perPerson: 60, perOrganization: 240)]
    public async Task<IResult> Acknowledge(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "audit/findings")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await StrictJson.ReadAsync(request, FindingsJson.Default.FindingsKnown, cancellationToken);
        var found = await known.AcknowledgeAsync(CallContext.Of(request), body, cancellationToken);
        return Results.Json(new FindingList(found), AuditJson.Default.FindingList);
    }
}
