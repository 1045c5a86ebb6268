using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Profile;

/// <summary><c>GET /api/me</c>: what the caller's token says, as we read it.</summary>
public sealed class MeFunction(GroupPermissions groups)
{
    [Function("me")]
    [SignedIn]
    [Limit(perPerson: 600, perOrganization: 60_000)]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me")] HttpRequest request)
    {
        var caller = request.Caller();
        var answer = new MeResponse(
            caller.Subject,
            caller.Name,
            caller.Email,
            caller.EmailVerified,
            caller.Organization,
            caller.Department,
            caller.Groups,
            [.. caller.Permissions.Order(StringComparer.Ordinal)],
            caller.Permissions.ToDictionary(permission => permission, permission => groups.Giving(permission, caller.Groups), StringComparer.Ordinal),
            caller.HostingNeedsMfa);
        return Results.Json(answer, MeJson.Default.MeResponse);
    }
}
