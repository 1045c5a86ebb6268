using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>What identity providers tell us, and what follows from it.</summary>
internal static class IdentityEventsSetup
{
    private const int MaxAnswer = 64 * 1024;

    public static IServiceCollection AddIdentityEvents(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(IdentityEventsOptions.Read(settings, IdentityOptions.Read(settings)))
        .AddCachedPartition(AccessTable.Name, SourceHeartbeats.Partition)
        .AddSingleton<SourceHeartbeats>()
        .AddSingleton<SourceSecrets>()
        .AddSingleton<SourceEventId>()
        .AddSingleton<IdentityIntake>()
        .AddManagement();

    /// <summary>Auth0's Management API.</summary>
    private static IServiceCollection AddManagement(this IServiceCollection services)
    {
        // Without the factory's loggers and spans: addresses hold people's ids, and requests the token.
        services.AddHttpClient(ManagementApi.HttpClientName, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = MaxAnswer;
            })
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.ActivityHeadersPropagator = null;
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
            })
            .AddResilienceHandler("auth0", Resilient);
        return services.AddSingleton<ManagementApi>().AddSingleton<IAuditConsequence, ProviderSignOut>();
    }

    /// <summary>The same call again says the same. Where Auth0 is down, the next does not wait for it.</summary>
    private static void Resilient(ResiliencePipelineBuilder<HttpResponseMessage> pipeline) => pipeline
        .AddRetry(new HttpRetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.FromMilliseconds(500), BackoffType = DelayBackoffType.Exponential, ShouldRetryAfterHeader = false })
        .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions { MinimumThroughput = 5, FailureRatio = 0.9, BreakDuration = TimeSpan.FromSeconds(30) })
        .AddTimeout(TimeSpan.FromSeconds(5));
}
