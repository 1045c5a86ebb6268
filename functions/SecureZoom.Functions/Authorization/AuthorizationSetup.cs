using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Authorization;

/// <summary>What callers may do, and what every function declares.</summary>
internal static class AuthorizationSetup
{
    public static IServiceCollection AddAuthorization(this IServiceCollection services, SettingsReader settings)
    {
        // Built now, so that a function which declares nothing stops the start.
        var rules = new AccessRules(typeof(AuthorizationSetup).Assembly.GetExportedTypes());
        return services
            .AddSingleton(rules)
            .AddSingleton(GroupPermissions.Read(settings))
            .AddSingleton<CallLimits>()
            .AddSingleton<ListCursor>();
    }
}
