using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Telemetry;

namespace SecureZoom.Functions.Audit;

/// <summary>A call under way: who makes it and from where. What it does goes into the trail in its name.</summary>
public sealed record CallContext(Caller Caller, AuditClient Client)
{
    /// <exception cref="InvalidOperationException">The function is public: it has no caller.</exception>
    public static CallContext Of(HttpRequest request) => new(
        request.Caller(),
        new AuditClient(
            request.HttpContext.Connection.RemoteIpAddress?.ToString(),
            request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
            AppTraces.CurrentTraceId));

    /// <summary>An event of this call, in the caller's own trail.</summary>
    /// <param name="at">When it happens.</param>
    internal AuditEvent Event(
        DateTimeOffset at, string action, string outcome, AuditTarget? target = null, string? reason = null, string? meeting = null, JsonObject? details = null) =>
        new()
        {
            Id = Guid.CreateVersion7(at).ToString("N"),
            OccurredAt = at,
            ReceivedAt = at,
            Organization = Caller.OrganizationId,
            Actor = new AuditActor
            {
                Type = "user",
                Issuer = Caller.Issuer,
                Subject = Caller.Subject,
                Name = Caller.Name,
                Email = Caller.VerifiedEmail,
                Department = Caller.Department,
                OrganizationName = Caller.Organization?.Name,
            },
            Action = action,
            Target = target,
            Meeting = meeting,
            Outcome = outcome,
            Reason = reason,
            Source = AuditSources.App,
            Client = Client,
            Details = details,
        };
}
