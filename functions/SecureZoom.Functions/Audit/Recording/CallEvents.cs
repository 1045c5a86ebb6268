using System.Text.Json.Nodes;
using SecureZoom.Functions.Authorization;

namespace SecureZoom.Functions.Audit.Recording;

/// <summary>What a call does goes into the trail in its caller's name.</summary>
internal static class CallEvents
{
    /// <summary>An event of this call, in the trail of the caller's organisation, if there is one.</summary>
    /// <param name="at">When it happens.</param>
    public static AuditEvent Event(
        this CallContext call,
        DateTimeOffset at,
        string action,
        string outcome,
        AuditTarget? target = null,
        string? reason = null,
        string? meeting = null,
        JsonObject? details = null) => new()
        {
            Id = Guid.CreateVersion7(at).ToString("N"),
            OccurredAt = at,
            ReceivedAt = at,
            Organization = call.Caller.Organization?.Id,
            Actor = new AuditActor
            {
                Type = AuditActorTypes.User,
                Issuer = call.Caller.Issuer,
                Subject = call.Caller.Subject,
                Name = call.Caller.Name,
                Email = call.Caller.VerifiedEmail?.Text,
                Department = call.Caller.Department,
                OrganizationName = call.Caller.Organization?.Name,
            },
            Action = action,
            Target = target,
            Meeting = meeting,
            Outcome = outcome,
            Reason = reason,
            Source = AuditSources.App,
            Client = call.Client,
            Details = details,
        };

    /// <summary>A name for a deed of which there are several records.</summary>
    public static string NewOperation() => Guid.NewGuid().ToString("N");

    /// <summary>The same event in the trail of the meeting's owner too; there alone, when the caller belongs to no organisation.</summary>
    public static AuditEvent WithOwner(this AuditEvent one, string owner) =>
        one.Organization is null ? one with { Organization = owner } : one with { AlsoIn = owner };
}
