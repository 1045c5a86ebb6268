using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Signature;

/// <summary>Meeting SDK signatures.</summary>
internal static class SignatureSetup
{
    public static IServiceCollection AddSignature(this IServiceCollection services, SettingsReader settings) => services
        .AddSingleton(SignatureOptions.Read(settings))
        .AddSingleton<SignatureIssuer>();
}
