using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>One record and what proves it: <c>GET /api/audit/records/{sequence}</c>, <c>/proof</c>, and <c>/api/audit/consistency</c>.</summary>
public sealed class ProofFunction(AuditTrail trail, TrailProofs proofs, ReadLog reads)
{
    [Function("audit-record")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    [Limit(perPerson: 600, perOrganization: 6_000)]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/records/{sequence}")] HttpRequest request,
        string sequence,
        CancellationToken cancellationToken)
    {
        var (organization, stored) = await FindAsync(request, sequence, cancellationToken);
        await reads.RecordAsync(CallContext.Of(request), AuditActions.AuditRead, organization, new JsonObject { ["sequence"] = stored.Sequence }, cancellationToken);
        return Results.Bytes(AuditReader.LineOf(stored, AuditReader.Read(organization, stored)), "application/json; charset=utf-8");
    }

    [Function("audit-record-proof")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    [Limit(perPerson: 600, perOrganization: 6_000)]
    public async Task<IResult> Prove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/records/{sequence}/proof")] HttpRequest request,
        string sequence,
        CancellationToken cancellationToken)
    {
        var (organization, stored) = await FindAsync(request, sequence, cancellationToken);
        await reads.RecordAsync(CallContext.Of(request), AuditActions.AuditProofRead, organization, new JsonObject { ["sequence"] = stored.Sequence }, cancellationToken);
        var proof = await proofs.ProveAsync(organization, stored.Sequence, cancellationToken) ?? throw new AuditException(AuditError.NotCovered);
        return Results.Text(proof.ToString(), "text/plain; charset=utf-8");
    }

    [Function("audit-consistency")]
    [Requires(Permissions.AuditRead, Permissions.AuditReadAny)]
    [Limit(perPerson: 600, perOrganization: 6_000)]
    public async Task<IResult> Compare(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/consistency")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = Query.Of(request, "from", "to", "organization");
        var organization = AuditScope.Of(request.Caller(), query.Text("organization"));
        var from = query.Size("from") ?? throw new RequestException(RequestError.Invalid, "from is the size of the smaller tree.");
        var to = query.Size("to");
        if (to < from)
        {
            throw new RequestException(RequestError.Invalid, "from is not larger than to.");
        }

        var (size, path) = await proofs.ProveConsistencyAsync(organization, from, to, cancellationToken) ?? throw new AuditException(AuditError.NotCovered);
        var what = new JsonObject { ["format"] = "consistency", ["from"] = from, ["to"] = size };
        await reads.RecordAsync(CallContext.Of(request), AuditActions.AuditProofRead, organization, what, cancellationToken, isOpen: to is null);
        return Results.Json(
            new ConsistencyResponse(from, size, [.. path.Select(Convert.ToBase64String)]), AuditJson.Default.ConsistencyResponse);
    }

    private async Task<(string Organization, StoredRecord Stored)> FindAsync(HttpRequest request, string sequence, CancellationToken cancellationToken)
    {
        var organization = AuditScope.Of(request.Caller(), Query.Of(request, "organization").Text("organization"));
        var isNumber = long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
        var stored = isNumber ? await trail.ReadAsync(organization, number, cancellationToken) : null;
        return (organization, stored ?? throw new AuditException(AuditError.NoRecord));
    }
}
