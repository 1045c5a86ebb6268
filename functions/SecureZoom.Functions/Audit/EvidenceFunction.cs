using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit;

/// <summary>What proves a trail: <c>GET /api/audit/verification</c>, <c>/checkpoints</c> and <c>/keys</c>.</summary>
public sealed class EvidenceFunction(StoredTrailVerifier auditor, CheckpointStore store, CheckpointKeys keys)
{
    [Function("audit-verification")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    public async Task<IResult> Verify(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/verification")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = Query.Of(request, "from", "to", "organization");
        var organization = AuditScope.Of(request.Caller(), query.Text("organization"));
        var verdict = await auditor.VerifyAsync(organization, query.Time("from"), query.Time("to"), cancellationToken);
        return Results.Json(VerificationResponse.Of(verdict), AuditJson.Default.VerificationResponse);
    }

    [Function("audit-checkpoints")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    public async Task<IResult> Checkpoints(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/checkpoints")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = Query.Of(request, "from", "to", "organization");
        var organization = AuditScope.Of(request.Caller(), query.Text("organization"));
        var checkpoints = await store.ReadAsync(organization, query.Time("from"), query.Time("to"), cancellationToken);
        return Results.Json(new CheckpointList(checkpoints), AuditJson.Default.CheckpointList);
    }

    [Function("audit-keys")]
    [Public("Public keys are for everybody who verifies.")]
    public async Task<IResult> Keys(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/keys")] HttpRequest request, CancellationToken cancellationToken) =>
        Results.Json(new KeySet(await keys.ReadPublicKeysAsync(cancellationToken)), AuditJson.Default.KeySet);
}
