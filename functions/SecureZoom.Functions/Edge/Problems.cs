using Azure;
using Azure.Identity;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Access;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Webhooks.Zoom;
using SecureZoom.Functions.Zoom;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Edge;

/// <summary>What each refusal and each outage says to the caller: the one place where our errors become HTTP.</summary>
internal static class Problems
{
    /// <summary>A 401 has to name a scheme (RFC 9110, 11.6.1), and there is none for what Zoom does.</summary>
    private const string WebhookChallenge = "Bearer realm=\"webhook\"";

    private const string SourceChallenge = "Bearer realm=\"identity-events\"";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>The problem; null for what nobody foresaw.</summary>
    public static Problem? Of(Exception exception) => exception switch
    {
        RequestException request => Of(request),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(413, "body_too_large", "The body is too large"),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new(408, "request_timeout", "The body did not come in time"),
        BadHttpRequestException => new(400, "invalid_request", "The request is not valid") { Detail = "The body is not what its headers announce." },
        IdentityException identity => Of(identity),
        AccessException access => Of(access),
        UnfinishedCreateException => Unavailable("storage_unavailable", "The service cannot get at its storage"),
        MeetingNotFoundException => new(404, AuditReasons.MeetingNotFound, "There is no such meeting in your organisation"),
        OccurrenceNotFoundException => new(404, AuditReasons.OccurrenceNotFound, "The meeting has no such occurrence"),
        NoStartTimeException => new(409, "no_start_time", "The meeting has no time that a calendar could hold"),
        InvitationNotFoundException => new(404, "invitation_not_found", "No such invitation is out"),
        AuditException audit => Of(audit),
        TrailDamagedException or TileException => Unavailable("trail_damaged", "The trail is not as it was written, and proves nothing now"),
        ErasureException erasure => Of(erasure),
        WebhookException webhook => Of(webhook),
        UnknownSourceException => new(401, "invalid_secret", "No source of identity events has this secret") { Challenge = SourceChallenge },
        PersonNotFoundException => new(404, "person_not_found", "Your organisation's trail knows nobody of that address"),
        RevocationNotFoundException => new(404, "revocation_not_found", "Nothing of that id has ended"),
        ZoomException zoom => Of(zoom),
        AuditUnavailableException => Unavailable("audit_unavailable", "The audit trail takes nothing now, so nothing was done"),
        SecretException => Unavailable("secrets_unavailable", "The service cannot get at its secrets"),
        StorageUnavailableException => Unavailable("storage_unavailable", "The service cannot get at its storage"),
        // After several attempts the Azure SDK throws them together; a network timeout is a cancellation there. Nor is there storage without an identity.
        RequestFailedException or AuthenticationFailedException or AggregateException { InnerException: RequestFailedException or OperationCanceledException } =>
            Unavailable("storage_unavailable", "The service cannot get at its storage"),
        _ => null,
    };

    private static Problem Of(RequestException exception) => exception.Error switch
    {
        RequestError.TooLarge => new(413, "body_too_large", "The body is too large") { Detail = exception.Detail },
        RequestError.UnsupportedMediaType => new(415, "unsupported_media_type", "The body is not JSON") { Detail = exception.Detail },
        RequestError.InvalidCursor => new(400, "invalid_cursor", "The cursor is not valid here") { Detail = exception.Detail },
        RequestError.TooMany => new(429, "too_many_requests", "Too many requests")
        {
            Detail = exception.Detail,
            RetryAfter = exception.RetryAfter ?? TimeSpan.FromSeconds(1),
        },
        _ => new(400, "invalid_request", "The request is not valid") { Detail = exception.Detail },
    };

    private static Problem Of(IdentityException exception) => exception.Error switch
    {
        IdentityError.Missing => new(401, "missing_token", "An access token is needed") { Challenge = "Bearer" },
        IdentityError.Ambiguous => new(400, "invalid_request", "Credentials were sent in more than one way")
        {
            Challenge = "Bearer error=\"invalid_request\"",
        },
        IdentityError.Unavailable => Unavailable("identity_unavailable", "The identity provider's keys cannot be fetched"),
        IdentityError.Revoked => new(401, AuditReasons.TokenRevoked, "The access of this sign-in has ended")
        {
            Challenge = "Bearer error=\"invalid_token\", error_description=\"The access of this sign-in has ended\"",
        },
        _ => new(401, "invalid_token", "The access token is not valid")
        {
            Challenge = "Bearer error=\"invalid_token\", error_description=\"The access token is not valid\"",
        },
    };

    private static Problem Of(AccessException exception) => exception.Error switch
    {
        AccessError.OrganizationRequired => Forbidden(AuditReasons.OrganizationRequired, "An organisation is needed", exception),
        AccessError.MfaRequired => Forbidden(AuditReasons.MfaRequired, "A second factor is needed", exception) with
        {
            // RFC 9470: the sign-in has to be repeated, with more.
            Challenge = "Bearer error=\"insufficient_user_authentication\"",
        },
        AccessError.EmailNotVerified => Forbidden(AuditReasons.EmailNotVerified, "A verified e-mail address is needed", exception),
        AccessError.EmailDomainUnknown => Forbidden(AuditReasons.EmailDomainUnknown, "An address in the organisation's own e-mail domains is needed", exception),
        AccessError.TooManyGroups => Forbidden(AuditReasons.TooManyGroups, "The token has too many groups", exception),
        AccessError.NotHost => Forbidden(AuditReasons.NotHost, "Only for the meeting's host", exception),
        AccessError.InvalidInvitation => Forbidden(AuditReasons.InvalidInvitation, "The invitation is not valid for you", exception) with
        {
            Reason = exception.InvitationFault,
        },
        _ => Forbidden(AuditReasons.InsufficientScope, "A permission is missing", exception),
    };

    private static Problem Of(AuditException exception) => exception.Error switch
    {
        AuditError.NoRecord => new(404, "record_not_found", "The trail has no such record"),
        _ => new(409, "not_signed_yet", "No checkpoint covers that yet") { Detail = "A checkpoint is signed every five minutes." },
    };

    private static Problem Of(ErasureException exception) => exception.Error switch
    {
        ErasureError.Oneself => new(403, exception.Code, "Nobody erases himself") { Challenge = "Bearer error=\"insufficient_scope\"" },
        ErasureError.OnHold => new(409, exception.Code, "A legal hold keeps it"),
        ErasureError.NotFound => new(404, exception.Code, "There is no such erasure"),
        ErasureError.PersonNotFound => new(404, exception.Code, "It is no address, and nobody of your organisation's trail has signed in by it"),
        _ => new(409, exception.Code, "The erasure does not wait any more"),
    };

    private static Problem Of(WebhookException exception) => exception.Error switch
    {
        WebhookError.StaleTimestamp => new(401, "stale_timestamp", "The webhook's timestamp is too far from now") { Challenge = WebhookChallenge },
        _ => new(401, "invalid_signature", "The webhook's signature is not valid") { Challenge = WebhookChallenge },
    };

    private static Problem Of(ZoomException exception) => exception.Error switch
    {
        ZoomError.NotFound => new(404, "zoom_not_found", "Zoom does not know the meeting or its host"),
        ZoomError.Conflict => Told(new(409, "zoom_conflict", "The meeting's state at Zoom does not allow this"), exception),
        ZoomError.NoAccount => new(409, "no_zoom_account", "No Zoom account is set up for the organisation"),
        ZoomError.Refused => Told(new(422, "zoom_refused", "Zoom does not take a value"), exception),
        ZoomError.RateLimited => new(429, "zoom_rate_limited", "Zoom's limit is reached")
        {
            RetryAfter = exception.RetryAfter ?? TimeSpan.FromMinutes(1),
        },
        ZoomError.Unavailable => Unavailable("zoom_unavailable", "Zoom does not answer") with { RetryAfter = exception.RetryAfter ?? Soon },
        _ => Told(new(502, "zoom_failed", "Zoom gives an answer that it should not"), exception),
    };

    private static Problem Told(Problem problem, ZoomException exception) => problem with
    {
        ZoomCode = exception.Code,
        Detail = exception.Fields.Count > 0 ? $"Zoom does not take {string.Join(", ", exception.Fields)}." : ZoomCodes.Explain(exception.Code),
    };

    private static Problem Forbidden(string code, string title, AccessException exception) =>
        new(403, code, title) { Detail = exception.Detail, Challenge = "Bearer error=\"insufficient_scope\"" };

    private static Problem Unavailable(string code, string title) => new(503, code, title) { RetryAfter = Soon };
}
