using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Zoom;

/// <summary>Where Zoom is and which accounts settings name there: <c>Zoom:*</c>.</summary>
public sealed record ZoomOptions(Uri ApiBaseUrl, Uri OAuthUrl, IReadOnlyList<ZoomAccount> Accounts)
{
    public static ZoomOptions Read(SettingsReader settings)
    {
        var accounts = settings.Items("Zoom:Accounts").Select(item => ReadAccount(settings, item)).ToList();
        if (accounts.Count == 0)
        {
            settings.AddError("Zoom:Accounts:0:AccountId", "is missing");
        }

        if (accounts.DistinctBy(account => account.AccountId).Count() != accounts.Count)
        {
            settings.AddError("Zoom:Accounts", "names an account twice");
        }

        if (accounts.SelectMany(account => account.Organizations).GroupBy(id => id).Any(group => group.Count() > 1))
        {
            settings.AddError("Zoom:Accounts", "gives an organisation to two accounts");
        }

        return new ZoomOptions(
            WithSlash(settings.Address("Zoom:ApiBaseUrl", "https://api.zoom.us/v2/")),
            settings.Address("Zoom:OAuthUrl", "https://zoom.us/oauth/token"),
            accounts);
    }

    private static ZoomAccount ReadAccount(SettingsReader settings, string item)
    {
        var account = new ZoomAccount(
            settings.Required($"{item}:AccountId"),
            settings.RequiredList($"{item}:Organizations"),
            settings.Required($"{item}:ClientId"),
            settings.Required($"{item}:SdkClientId"),
            settings.Optional($"{item}:ClientSecretName", ZoomSecrets.Client),
            settings.Optional($"{item}:SdkClientSecretName", ZoomSecrets.SdkClient),
            settings.Optional($"{item}:WebhookSecretName", ZoomSecrets.Webhook));
        if (account.Organizations.Any(id => id != ZoomAccount.EveryOrganization && !OrganizationId.IsValid(id)))
        {
            settings.AddError($"{item}:Organizations", "holds what is neither an organisation's id nor *");
        }

        return account;
    }

    private static Uri WithSlash(Uri address) => new($"{address.AbsoluteUri.TrimEnd('/')}/");
}
