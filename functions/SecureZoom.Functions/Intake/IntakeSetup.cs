using Microsoft.Extensions.DependencyInjection;

namespace SecureZoom.Functions.Intake;

/// <summary>What comes off the queue.</summary>
internal static class IntakeSetup
{
    public static IServiceCollection AddIntake(this IServiceCollection services) => services
        .AddSingleton<EventPlaces>()
        .AddSingleton<AuditEventProcessor>()
        .AddSingleton<MessageIntake>();
}
