using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Edge;

/// <summary>What is around every call.</summary>
internal static class EdgeSetup
{
    /// <summary>The worker would take a forwarding header that anybody can send for the caller's address; our own rule reads it instead.</summary>
    public static IServiceCollection AddEdge(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(CallerAddress.Read(settings))
        .PostConfigure<ForwardedHeadersOptions>(headers => headers.ForwardedHeaders = ForwardedHeaders.None);
}
