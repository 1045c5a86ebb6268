using Microsoft.Extensions.DependencyInjection;

namespace SecureZoom.Functions.Health;

/// <summary>Whether the app and what it needs are well.</summary>
internal static class HealthSetup
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services
        .AddSingleton<Deauthorizations>()
        .AddSingleton<HealthCheck>();
}
