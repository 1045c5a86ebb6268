using Azure.Data.Tables;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Docs;
using SecureZoom.Functions.Edge;
using SecureZoom.Functions.Grants;
using SecureZoom.Functions.Health;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Signature;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Webhook;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions;

/// <summary>The map of the app: its settings, its parts, and what every invocation passes.</summary>
internal static class Composition
{
    /// <exception cref="SettingsException">Settings are missing or malformed; the message lists all of them.</exception>
    public static FunctionsApplicationBuilder AddSecureZoom(this FunctionsApplicationBuilder builder)
    {
        var settings = new SettingsReader(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Logging.AddDiscretion();
        builder.Services
            .AddHttpEdge(CallerAddress.Read(settings))
            .AddSecrets(SecretsOptions.Read(settings))
            .AddIdentity(IdentityOptions.Read(settings), GroupPermissions.Read(settings))
            .AddZoom(ZoomOptions.Read(settings))
            .AddAudit(StorageConnection.Read(settings))
            .AddMeetings(Organizations.Read(settings), SiteOptions.Read(settings))
            .AddSingleton(SignatureOptions.Read(settings))
            .AddSingleton<SignatureIssuer>()
            .AddSingleton(WebhookOptions.Read(settings))
            .AddSingleton<WebhookVerifier>()
            .AddSingleton<HealthCheck>()
            .AddTelemetry(TelemetryOptions.Read(settings))
            .AddSingleton<OpenApi>()
            .AddSingleton<DocsPage>();
        settings.ThrowIfWrong();

        builder.UseMiddleware<TraceMiddleware>();
        builder.UseMiddleware<ProblemDetailsMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();
        return builder;
    }

    /// <summary>What an address may hold (an e-mail address in a filter, a cursor) is nobody's to read in the logs.</summary>
    private static ILoggingBuilder AddDiscretion(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
        // A line or two for every answer, which would be exported, and paid for.
        .AddFilter("Microsoft.AspNetCore.Http.Result", LogLevel.Warning);

    /// <summary>The worker would take a forwarding header that anybody can send for the caller's address; our own rule reads it instead.</summary>
    private static IServiceCollection AddHttpEdge(this IServiceCollection services, CallerAddress address) => services
        .AddSingleton(address)
        .PostConfigure<ForwardedHeadersOptions>(headers => headers.ForwardedHeaders = ForwardedHeaders.None);

    private static IServiceCollection AddIdentity(this IServiceCollection services, IdentityOptions identity, GroupPermissions permissions)
    {
        // Built now, so that a function which declares nothing stops the start.
        var rules = new AccessRules(typeof(Composition).Assembly.GetExportedTypes());
        return services
            .AddSingleton(rules)
            .AddSingleton(identity)
            .AddSingleton(permissions)
            .AddSingleton<PersonLimits>()
            .AddSingleton<ListCursor>()
            .AddSingleton<IDocumentRetriever>(_ => DiscoveryDocuments.Create())
            .AddSingleton<TokenValidator>();
    }

    private static IServiceCollection AddMeetings(this IServiceCollection services, Organizations organizations, SiteOptions site) => services
        .AddSingleton(organizations)
        .AddSingleton(site)
        .AddSingleton<MeetingRegistry>()
        .AddSingleton<MeetingService>()
        .AddSingleton<MeetingProjection>()
        .AddSingleton<IAuditConsequence>(services => services.GetRequiredService<MeetingProjection>())
        .AddSingleton<UnfinishedCreate>()
        .AddSingleton<GrantSeal>()
        .AddSingleton<Invitations>();

    private static IServiceCollection AddAudit(this IServiceCollection services, StorageConnection connection) => services
        .AddSingleton(_ => connection.Queue(AuditRecorder.QueueName))
        .AddSingleton(_ => connection.Tables())
        .AddSingleton(_ => connection.Blobs())
        .AddSingleton<AuditRecorder>()
        .AddSingleton<DenialLog>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<AuditAppender>()
        .AddSingleton<AuditEventProcessor>()
        .AddSingleton<AuditReader>()
        .AddSingleton<AuditExport>()
        .AddSingleton<AuditQuarantine>()
        .AddSingleton<CheckpointStore>()
        .AddSingleton<CheckpointKeys>()
        .AddSingleton<CheckpointSigner>()
        .AddSingleton<StoredTrailVerifier>()
        .AddSingleton<AuditStorageProbe>();
}
