using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Signature;

/// <summary><c>POST /api/signature</c>.</summary>
public sealed class SignatureFunction(SignatureIssuer issuer)
{
    [Function("signature")]
    [Requires(Permissions.MeetingsJoin, OrInvitation = true)]
    [Limit(perPerson: 300, perOrganization: 30_000)]
    public async Task<IResult> Issue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "signature")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await StrictJson.ReadAsync(request, SignatureJson.Default.SignatureRequest, cancellationToken);
        var answer = await issuer.IssueAsync(CallContext.Of(request), body, cancellationToken);
        return Results.Json(answer, SignatureJson.Default.SignatureResponse);
    }
}
