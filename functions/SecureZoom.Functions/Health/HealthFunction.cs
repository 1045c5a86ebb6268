using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Health;

/// <summary><c>GET /api/health</c>.</summary>
public sealed class HealthFunction(HealthCheck health)
{
    [Function("health")]
    [Public("Load balancers and monitors have no token; the answer names parts, not reasons.")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
    {
        var answer = await health.CheckAsync().WaitAsync(cancellationToken);
        if (answer.Down is null)
        {
            return Results.Json(answer, HealthJson.Default.HealthResponse);
        }

        request.HttpContext.Response.Headers.RetryAfter = HealthCheck.FreshSeconds.ToString(CultureInfo.InvariantCulture);
        return Results.Json(answer, HealthJson.Default.HealthResponse, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
