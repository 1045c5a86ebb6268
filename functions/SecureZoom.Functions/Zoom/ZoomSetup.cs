using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Zoom;

/// <summary>Zoom's API and tokens, and how calls to them are repeated and bounded.</summary>
internal static class ZoomSetup
{
    private const int MaxAnswer = 4 * 1024 * 1024;

    private static readonly TimeSpan OneAttempt = TimeSpan.FromSeconds(4);

    public static IServiceCollection AddZoom(this IServiceCollection services, SettingsReader settings)
    {
        var options = ZoomOptions.Read(settings);
        services.AddSingleton(options);
        services.AddSingleton(provider =>
        {
            var customers = provider.GetRequiredService<CustomerList>();
            return new ZoomAccounts(options, () => customers.At(anyAge: true));
        });
        services.AddSingleton<ZoomTokens>();
        services.AddSingleton<ZoomCalls>();
        services.AddSingleton<ZoomApi>();
        services.AddSingleton<ZoomPastApi>();
        services.AddSingleton<ZoomUsers>();
        // Without the factory's loggers, which write addresses down, and people's e-mail addresses are in some.
        services.AddHttpClient(ZoomTokens.HttpClientName, client => Bounded(client, OneAttempt))
            .RemoveAllLoggers()
            .UseSocketsHttpHandler(Bounded);
        services.AddHttpClient(ZoomCalls.HttpClientName, client => Bounded(client, Timeout.InfiniteTimeSpan))
            .RemoveAllLoggers()
            .UseSocketsHttpHandler(Bounded)
            .AddResilienceHandler("zoom", Resilient);
        return services;
    }

    private static void Bounded(HttpClient client, TimeSpan timeout)
    {
        client.Timeout = timeout;
        client.MaxResponseContentBufferSize = MaxAnswer;
    }

    private static void Bounded(SocketsHttpHandler handler, IServiceProvider services)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        // No spans either, for they tell the whole address; nor does Zoom need to know our trace ids.
        handler.ActivityHeadersPropagator = null;
        handler.ConnectTimeout = TimeSpan.FromSeconds(2);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
    }

    private static void Resilient(ResiliencePipelineBuilder<HttpResponseMessage> pipeline)
    {
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            // A wait that Zoom asks for is for our caller to keep, not for us to hold a request open.
            ShouldRetryAfterHeader = false,
            ShouldHandle = arguments => ValueTask.FromResult(IsOutage(arguments.Outcome)),
        };
        // POST creates and PATCH may be seen half-way by others; GET, PUT (end) and DELETE say the same twice.
        retry.DisableFor(HttpMethod.Post, HttpMethod.Patch);
        pipeline
            .AddRetry(retry)
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                MinimumThroughput = 20,
                FailureRatio = 0.5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(5),
                ShouldHandle = arguments => ValueTask.FromResult(IsOutage(arguments.Outcome)),
            })
            .AddTimeout(OneAttempt);
    }

    /// <summary>A rate limit is an answer, not an outage.</summary>
    private static bool IsOutage(Outcome<HttpResponseMessage> outcome) =>
        HttpClientResiliencePredicates.IsTransient(outcome)
        && outcome.Result?.StatusCode is not HttpStatusCode.TooManyRequests;
}
