using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>What proves a trail: <c>GET /api/audit/verification</c>, <c>/checkpoints</c> and <c>/keys</c>.</summary>
public sealed class VerificationFunction(
    StoredTrailVerifier verification,
    TrailBeginnings beginnings,
    CheckpointStore store,
    CosignatureStore cosignatures,
    AuditWitnesses witnesses,
    PublishedKeys keys,
    ListCursor cursors,
    ReadLog reads,
    CallLimits limits)
{
    private const string ListName = "checkpoints";
    private const int PageSize = 1000;

    [Function("audit-verification")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    [Limit(perPerson: 60, perOrganization: 240)]
    public async Task<IResult> Verify(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/verification")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = Query.Of(request, "from", "to", "organization");
        var organization = AuditScope.Of(request.Caller(), query.Text("organization"));
        var (from, to) = query.Range();
        using var place = limits.BeginTrailReading(request.Caller());
        await reads.RecordAsync(CallContext.Of(request), AuditActions.AuditVerified, organization, new JsonObject { ["from"] = from, ["to"] = to }, cancellationToken);
        var verdict = await verification.VerifyAsync(organization, from, to, cancellationToken);
        return Results.Json(VerificationResponse.Of(verdict, witnesses), AuditJson.Default.VerificationResponse);
    }

    [Function("audit-checkpoints")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Checkpoints(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/checkpoints")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = Query.Of(request, "from", "to", "cursor", "organization");
        var organization = AuditScope.Of(request.Caller(), query.Text("organization"));
        var (from, to) = query.Range();
        var scope = string.Create(CultureInfo.InvariantCulture, $"{organization}|{from:O}|{to:O}");
        var after = await cursors.OpenAsync(ListName, scope, query.Text("cursor"), request.Caller(), cancellationToken);
        await reads.RecordAsync(CallContext.Of(request), AuditActions.AuditProofRead, organization, new JsonObject { ["from"] = from, ["to"] = to }, cancellationToken);
        var names = await store.ListAsync(organization, from, to, cancellationToken);
        var rest = after is null ? names : [.. names.SkipWhile(name => string.CompareOrdinal(name, after) <= 0)];
        string[] page = [.. rest.Take(PageSize)];
        var cursor = rest.Count > PageSize ? await cursors.SealAsync(ListName, scope, page[^1], request.Caller(), cancellationToken) : null;
        var checkpoints = await cosignatures.ReadAllAsync(organization, page, cancellationToken);
        var beginning = (await beginnings.ReadAsync(organization, cancellationToken)).Edge;
        return Results.Json(new CheckpointList(checkpoints, cursor, beginning.Size > 0 ? ExportPlace.Of(beginning) : null), AuditJson.Default.CheckpointList);
    }

    [Function("audit-keys")]
    [Public("Public keys are for everybody who verifies.")]
    public async Task<IResult> Keys(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/keys")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (jwks, vkeys) = await keys.ReadAsync().WaitAsync(cancellationToken);
        return Results.Json(new KeySet(jwks, vkeys, witnesses.Keys), AuditJson.Default.KeySet);
    }
}
