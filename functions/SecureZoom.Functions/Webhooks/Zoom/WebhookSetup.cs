using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>Zoom's webhooks.</summary>
internal static class WebhookSetup
{
    public static IServiceCollection AddWebhook(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(WebhookOptions.Read(settings))
        .AddSingleton<WebhookVerifier>();
}
