using Azure.Core;
using Azure.Identity;

namespace SecureZoom.Functions.Settings;

/// <summary>Which identity the app has towards Azure's services.</summary>
internal static class Credentials
{
    /// <summary>Managed identity where the settings say so; otherwise whatever the developer is signed in with.</summary>
    public static TokenCredential Read(SettingsReader settings, string connection)
    {
        var clientId = settings.Optional($"{connection}:clientId");
        var kind = settings.Optional($"{connection}:credential", "");
        if (kind.Equals("managedidentity", StringComparison.OrdinalIgnoreCase))
        {
            return new ManagedIdentityCredential(
                clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId));
        }

        if (kind.Length > 0)
        {
            settings.AddError($"{connection}:credential", "may only be managedidentity");
        }

        return new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId });
    }
}
