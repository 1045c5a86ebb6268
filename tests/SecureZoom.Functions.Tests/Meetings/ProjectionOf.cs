using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>Hands Zoom's events over as they come off the queue, whenever the test wants.</summary>
internal static class ProjectionOf
{
    public static Task FollowAsync(
        App app, Account owner, string action, string number, DateTimeOffset occurredAt, JsonObject? details = null) =>
        app.Services.GetRequiredService<MeetingProjection>().FollowAsync(
            owner.OrganizationId!,
            new AuditEvent
            {
                Id = Guid.NewGuid().ToString("N"),
                OccurredAt = occurredAt,
                ReceivedAt = occurredAt,
                AccountId = Cloud.ZoomAccountId,
                Actor = new AuditActor { Type = "system", Name = "Zoom" },
                Action = action,
                Meeting = number,
                Outcome = AuditOutcomes.Success,
                Source = AuditSources.Zoom,
                Details = details,
            },
            TestContext.Current.CancellationToken);
}
