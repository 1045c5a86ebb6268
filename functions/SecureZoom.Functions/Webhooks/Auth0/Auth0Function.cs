using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.IdentityEvents;

namespace SecureZoom.Functions.Webhooks.Auth0;

/// <summary><c>POST /api/identity-events/auth0</c>: 200 means that all events are durable; Auth0 repeats what is answered otherwise.</summary>
public sealed class Auth0Function(SourceSecrets sources, IdentityIntake intake)
{
    [Function("identity-events-auth0")]
    [Public("Auth0's calls carry their source's secret; what does not is refused.")]
    public async Task<IResult> Receive(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "identity-events/auth0")] HttpRequest request, CancellationToken cancellationToken)
    {
        var source = await sources.VerifyAsync(IdentitySourceTypes.Auth0, request.Headers.Authorization, cancellationToken);
        var body = await Body.ReadAsync(request, Auth0Events.ContentTypes, Body.MaxWebhook, cancellationToken);
        await intake.TakeAsync(source, Auth0Events.Read(source, body), cancellationToken);
        return Results.Ok();
    }
}
