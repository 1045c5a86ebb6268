using Microsoft.Extensions.DependencyInjection;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>Okta's event hooks and its System Log.</summary>
internal static class OktaSetup
{
    /// <summary>A page of 500 events, each with a debug context that may be large.</summary>
    private const int MaxAnswer = 16 * 1024 * 1024;

    public static IServiceCollection AddOkta(this IServiceCollection services)
    {
        // Without the factory's loggers and spans: addresses hold the place in the log, and requests the token.
        services.AddHttpClient(OktaSystemLog.HttpClientName, client =>
            {
                client.Timeout = TimeSpan.FromSeconds(20);
                client.MaxResponseContentBufferSize = MaxAnswer;
            })
            .RemoveAllLoggers()
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.ActivityHeadersPropagator = null;
                handler.ConnectTimeout = TimeSpan.FromSeconds(2);
            });
        return services.AddSingleton<OktaEvents>().AddSingleton<OktaLogStart>().AddSingleton<OktaSystemLog>();
    }
}
