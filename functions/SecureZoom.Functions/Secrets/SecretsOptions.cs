using Azure.Core;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Secrets;

/// <summary>Which Key Vault: <c>KeyVault:Uri</c>, which only a developer's machine can do without.</summary>
/// <remarks>The identity towards it is the app's one identity, which the connection <c>Audit</c> names.</remarks>
internal sealed record SecretsOptions(Uri? KeyVault, TokenCredential? Credential)
{
    public static SecretsOptions Read(SettingsReader settings)
    {
        if (settings.Optional("KeyVault:Uri") is null)
        {
            if (settings.IsInAzure)
            {
                settings.AddError("KeyVault:Uri", "is missing, and in Azure secrets come from Key Vault alone");
            }

            return new SecretsOptions(null, null);
        }

        return new SecretsOptions(settings.Address("KeyVault:Uri"), Credentials.Read(settings, StorageConnection.Name));
    }
}
