using Microsoft.Extensions.DependencyInjection;

namespace SecureZoom.Functions.Docs;

/// <summary>The API's description.</summary>
internal static class DocsSetup
{
    public static IServiceCollection AddDocs(this IServiceCollection services) => services
        .AddSingleton<OpenApi>()
        .AddSingleton<DocsPage>();
}
