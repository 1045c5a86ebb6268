using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary><c>POST /api/webhook</c>: 200 means that the event is durable; Zoom repeats what is answered with 5xx.</summary>
public sealed class WebhookFunction(WebhookVerifier verifier, SecretStore secrets, AuditRecorder audit, AppMetrics metrics, TimeProvider time)
{
    [Function("webhook")]
    [Public("Zoom signs its requests; whatever it did not sign is refused.")]
    public async Task<IResult> Receive(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhook")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = await Body.ReadJsonAsync(request, Body.MaxWebhook, cancellationToken);
        var proof = await verifier.VerifyAsync(
            request.Headers["x-zm-signature"], request.Headers["x-zm-request-timestamp"], body, cancellationToken);
        using var webhook = Webhook.Parse(body);
        if (webhook.Challenge is { } plainToken)
        {
            return Results.Json(
                new ChallengeResponse(plainToken, WebhookSignature.Answer(proof.Secret.Value, plainToken)), ChallengeJson.Default.ChallengeResponse);
        }

        var auditEvent = webhook.ToEvent(proof, await EventId.OpenAsync(secrets, cancellationToken), time.GetUtcNow());
        if (auditEvent is { Action: ZoomEventNames.MeetingUpdated, AccountId: { } account, Meeting: { } meeting } && webhook.Passcode is { } passcode)
        {
            var told = await PasscodeMac.OfAsync(secrets, account, meeting, passcode, cancellationToken);
            auditEvent = auditEvent with { Whose = (auditEvent.Whose ?? new EventOwner()) with { Passcode = told } };
        }

        await audit.RecordAsync(auditEvent, cancellationToken);
        metrics.Delivered(auditEvent.ReceivedAt - auditEvent.OccurredAt);
        return Results.Ok();
    }
}
