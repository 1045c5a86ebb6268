using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Health;

/// <summary><c>GET /api/health</c>.</summary>
public sealed class HealthFunction(HealthCheck health)
{
    [Function("health")]
    [Public("Load balancers and monitors have no token; the answer names parts, not reasons.")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
    {
        var answer = await health.LookAsync().WaitAsync(cancellationToken);
        return Results.Json(
            answer,
            AppJson.Default.HealthAnswer,
            statusCode: answer.Down is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
