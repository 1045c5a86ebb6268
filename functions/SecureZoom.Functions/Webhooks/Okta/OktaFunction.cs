using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.IdentityEvents;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary><c>/api/identity-events/okta</c>: 200 means that all events are durable; Okta repeats, once, what is answered with 5xx.</summary>
public sealed class OktaFunction(SourceSecrets sources, OktaEvents events, IdentityIntake intake)
{
    private const string Route = "identity-events/okta";

    [Function("identity-events-okta-challenge")]
    [Public("Okta asks once whether we are there; it only hears what it said.")]
    public IResult Challenge([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request) =>
        Results.Json(new OktaChallengeResponse(OktaEvents.Challenge(request.Headers["x-okta-verification-challenge"])), OktaJson.Default.OktaChallengeResponse);

    [Function("identity-events-okta")]
    [Public("Okta's calls carry their source's secret; what does not is refused.")]
    public async Task<IResult> Receive(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellationToken)
    {
        var source = await sources.VerifyAsync(IdentitySourceTypes.Okta, request.Headers.Authorization, cancellationToken);
        var body = await Body.ReadJsonAsync(request, Body.MaxWebhook, cancellationToken);
        await intake.TakeAsync(source, events.ReadHook(source, body), cancellationToken);
        return Results.Ok();
    }
}
