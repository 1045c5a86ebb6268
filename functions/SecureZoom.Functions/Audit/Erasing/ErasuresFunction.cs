using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary><c>/api/audit/erasures</c>: that a person is erased in one's own organisation's trail, three days later unless it is withdrawn.</summary>
public sealed class ErasuresFunction(ErasureDesk desk)
{
    [Function("audit-erasures-create")]
    [Requires(Permissions.AuditErase)]
    [Limit(perPerson: 30, perOrganization: 60)]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "audit/erasures")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await StrictJson.ReadAsync(request, ErasureJson.Default.ErasureRequest, cancellationToken);
        var erasure = await desk.RequestAsync(CallContext.Of(request), body, cancellationToken);
        request.HttpContext.Response.Headers.Location = $"/api/audit/erasures/{erasure.Id}";
        return Results.Json(erasure, ErasureJson.Default.ErasureView, statusCode: StatusCodes.Status202Accepted);
    }

    [Function("audit-erasures-list")]
    [Requires(Permissions.AuditErase)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/erasures")] HttpRequest request, CancellationToken cancellationToken)
    {
        var list = await desk.ListAsync(request.Caller(), cancellationToken);
        return Results.Json(list, ErasureJson.Default.ErasureList);
    }

    [Function("audit-erasures-read")]
    [Requires(Permissions.AuditErase)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/erasures/{erasureId}")] HttpRequest request,
        string erasureId,
        CancellationToken cancellationToken)
    {
        var erasure = await desk.ReadAsync(request.Caller(), erasureId, cancellationToken);
        return Results.Json(erasure, ErasureJson.Default.ErasureView);
    }

    [Function("audit-erasures-withdraw")]
    [Requires(Permissions.AuditErase)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Withdraw(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "audit/erasures/{erasureId}")] HttpRequest request,
        string erasureId,
        CancellationToken cancellationToken)
    {
        await desk.WithdrawAsync(CallContext.Of(request), erasureId, cancellationToken);
        return Results.NoContent();
    }
}
