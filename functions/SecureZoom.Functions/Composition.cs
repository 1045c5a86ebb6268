using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Access;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Customers;
using SecureZoom.Functions.Docs;
using SecureZoom.Functions.Edge;
using SecureZoom.Functions.Health;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Signature;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Webhooks.Okta;
using SecureZoom.Functions.Webhooks.Zoom;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions;

/// <summary>The map of the app: its parts, and what every invocation passes.</summary>
internal static class Composition
{
    /// <exception cref="SettingsException">Settings are missing or malformed; the message lists all of them.</exception>
    public static FunctionsApplicationBuilder AddSecureZoom(this FunctionsApplicationBuilder builder)
    {
        var settings = new SettingsReader(builder.Configuration);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Logging.AddDiscretion();
        builder.Services
            .AddStorage(settings)
            .AddTelemetry(settings)
            .AddIdentity(settings)
            .AddSecrets(settings)
            .AddAuthorization(settings)
            .AddZoom(settings)
            .AddAudit(settings)
            .AddRevocations()
            .AddInvitations()
            .AddMeetings(settings)
            .AddSignature(settings)
            .AddWebhook(settings)
            .AddIdentityEvents(settings)
            .AddOkta()
            .AddAccess()
            .AddCustomers()
            .AddIntake()
            .AddHealth()
            .AddDocs()
            .AddEdge(settings);
        settings.ThrowIfWrong();

        builder.UseMiddleware<TraceMiddleware>();
        builder.UseMiddleware<ProblemDetailsMiddleware>();
        builder.UseMiddleware<CustomersMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();
        return builder;
    }

    /// <summary>What an address may hold (an e-mail address in a filter, a cursor) is nobody's to read in the logs.</summary>
    private static ILoggingBuilder AddDiscretion(this ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning)
        // A line or two for every answer, which would be exported, and paid for.
        .AddFilter("Microsoft.AspNetCore.Http.Result", LogLevel.Warning);
}
