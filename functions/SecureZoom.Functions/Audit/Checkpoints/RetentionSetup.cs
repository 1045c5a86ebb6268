using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Letting go of records.</summary>
internal static class RetentionSetup
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<TrailCutter>()
        .AddSingleton<TrailLeaving>()
        .AddSingleton(provider => new TrailRetention(
            provider.GetRequiredService<AuditTrail>(),
            provider.GetRequiredService<TrailTimes>(),
            provider.GetRequiredService<TrailBeginnings>(),
            provider.GetRequiredService<TrailRemover>(),
            provider.GetRequiredService<HeldRecords>(),
            provider.GetRequiredService<TrailFindings>(),
            provider.GetRequiredService<TrailCutter>(),
            provider.GetRequiredService<AuditOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TrailRetention>>()));
}
