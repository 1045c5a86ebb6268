using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>
/// Whose access a source has ended is signed out at Auth0, too, where a management client is configured: no refresh makes them tokens then. How it
/// ended is recorded, and a failure stops nothing: here they are out already.
/// </summary>
internal sealed partial class ProviderSignOut(
    IdentityEventsOptions options, ManagementApi api, AuditRecorder audit, SecretStore secrets, TimeProvider time, ILogger<ProviderSignOut> logger) : IAuditConsequence
{
    private const string Label = "provider-sign-out";
    private const int IdLength = 32;

    /// <summary>What was told later, as by a log that is read again, may long be over: who has come back since stays signed in.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    public async Task FollowAsync(string organization, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (auditEvent.Source is not (AuditSources.Okta or AuditSources.Auth0) || auditEvent.OccurredAt < time.GetUtcNow() - Recent)
        {
            return;
        }

        var people = RecordedAccess.Read(auditEvent.Details, new RecordedChange(auditEvent.OccurredAt, organization, auditEvent.Action, auditEvent.Source))
            .Where(change => change.Ends && change.Kind != EndedAccessKind.Session).Select(change => (change.Issuer, change.Subject)).Distinct();
        foreach (var (issuer, subject) in people)
        {
            if (SourceOf(auditEvent.Source, organization, issuer, subject) is { } source)
            {
                var failure = await api.SignOutAsync(source, subject, cancellationToken);
                await RecordAsync(organization, auditEvent, subject, failure, cancellationToken);
            }
        }
    }

    /// <summary>The source that told it: of Okta's by the connection, of Auth0's by the organisation.</summary>
    private IdentitySource? SourceOf(string type, string organization, string issuer, string subject) => options.Sources.FirstOrDefault(source =>
        source.ManagementClientId is not null
        && source.Type == type
        && source.Issuer == issuer
        && source.MaySpeakFor(organization)
        && (type != IdentitySourceTypes.Okta || source.HasPerson(subject)));

    private async Task RecordAsync(string organization, AuditEvent cause, string subject, string? failure, CancellationToken cancellationToken)
    {
        if (failure is not null)
        {
            Log.Failed(logger, failure, organization, cause.Id);
        }

        var outcome = failure is null ? AuditOutcomes.Success : AuditOutcomes.Failure;
        var now = time.GetUtcNow();
        await audit.RecordAsync(
            new AuditEvent
            {
                // The same however often the queue brings its cause.
                Id = (await StableMac.OpenAsync(secrets, Label, cancellationToken)).Of(cause.Id, subject, outcome)[..IdLength],
                OccurredAt = now,
                ReceivedAt = now,
                Organization = organization,
                Actor = new AuditActor { Type = "system", Name = "SecureZoom" },
                Action = IdentityActions.ProviderSignedOut,
                Target = new AuditTarget("person"),
                Outcome = outcome,
                Reason = failure is null ? null : AuditReasons.ProviderFailed,
                Source = AuditSources.App,
                Client = new RequestClient(Ip: null, UserAgent: null, cause.Client?.RequestId),
                Details = new JsonObject(new KeyValuePair<string, JsonNode?>[]
                {
                    new("target", new JsonObject { ["subject"] = subject }),
                    new("failure", failure),
                }.Where(member => member.Value is not null)),
            },
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 152, Level = LogLevel.Error, Message = "{Failure}: somebody of {Organization} whose access has ended is not signed out at Auth0 (event {Id})")]
        public static partial void Failed(ILogger logger, string failure, string organization, string id);
    }
}
