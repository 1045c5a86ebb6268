using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Secrets;

/// <summary>Where secrets come from, by settings.</summary>
internal static class SecretsSetup
{
    public static IServiceCollection AddSecrets(this IServiceCollection services, SettingsReader settings)
    {
        var options = SecretsOptions.Read(settings);
        if (options.KeyVault is { } vault)
        {
            services.AddSingleton(_ => new SecretClient(vault, options.Credential, ClientOptions()));
            services.AddSingleton<ISecretSource, KeyVaultSecretSource>();
        }
        else
        {
            services.AddSingleton<ISecretSource, ConfigurationSecretSource>();
        }

        return services.AddSingleton<SecretStore>();
    }

    internal static SecretClientOptions ClientOptions() => new()
    {
        Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(2), Delay = TimeSpan.FromMilliseconds(200) },
    };
}
