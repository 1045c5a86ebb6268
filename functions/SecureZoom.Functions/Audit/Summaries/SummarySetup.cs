using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>What trails say in numbers.</summary>
internal static class SummarySetup
{
    public static IServiceCollection AddSummaries(this IServiceCollection services) => services
        .AddSingleton<SummaryTable>()
        .AddSingleton<IPersonStore, SummaryEraser>()
        .AddSingleton(provider => new SummaryWriter(
            provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<TrailBeginnings>(),
            provider.GetRequiredService<SummaryTable>(),
            provider.GetRequiredService<ILogger<SummaryWriter>>()))
        .AddSingleton(provider => new SummaryReader(
            provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<TrailBeginnings>(), provider.GetRequiredService<SummaryTable>()));
}
