using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Access;

/// <summary><c>/api/revocations</c>: whose access has ended before their tokens do.</summary>
public sealed class RevocationsFunction(RevocationDesk desk)
{
    [Function("revocations-create")]
    [Requires(Permissions.AccessRevoke)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "revocations")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await StrictJson.ReadAsync(request, RevocationJson.Default.RevocationRequest, cancellationToken);
        var revoked = await desk.RevokeAsync(CallContext.Of(request), body, cancellationToken);
        return Results.Json(revoked, RevocationJson.Default.RevocationResponse, statusCode: StatusCodes.Status201Created);
    }

    [Function("revocations-list")]
    [Requires(Permissions.AccessRevoke)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "revocations")] HttpRequest request, CancellationToken cancellationToken)
    {
        var list = await desk.ListAsync(request.Caller(), cancellationToken);
        return Results.Json(list, RevocationJson.Default.RevocationListResponse);
    }

    [Function("revocations-lift")]
    [Requires(Permissions.AccessRevoke)]
    [Limit(perPerson: 60, perOrganization: 600)]
    public async Task<IResult> Lift(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "revocations/{revocationId}")] HttpRequest request,
        string revocationId,
        CancellationToken cancellationToken)
    {
        await desk.LiftAsync(CallContext.Of(request), revocationId, cancellationToken);
        return Results.NoContent();
    }
}
