using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Zoom;

/// <summary>Where Zoom is and which accounts we have there: <c>Zoom:*</c>.</summary>
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

    /// <summary>The account that holds an organisation's meetings: the one that names it before the one for all.</summary>
    /// <exception cref="ZoomException">No account serves the organisation.</exception>
    public ZoomAccount AccountOf(string organization) => Serving(organization) ?? throw new ZoomException(ZoomError.NoAccount);

    /// <summary>As <see cref="AccountOf"/>; null when no account serves the organisation.</summary>
    internal ZoomAccount? Serving(string organization) =>
        Accounts.FirstOrDefault(account => account.Organizations.Contains(organization, StringComparer.Ordinal))
        ?? Accounts.FirstOrDefault(account => account.Serves(organization));

    /// <exception cref="ZoomException">The account that a meeting was registered with is not set up any more.</exception>
    public ZoomAccount ById(string accountId) => Accounts.FirstOrDefault(account => account.AccountId == accountId)
        ?? throw new ZoomException(ZoomError.NoAccount);

    private static ZoomAccount ReadAccount(SettingsReader settings, string item)
    {
        var account = new ZoomAccount(
            settings.Required($"{item}:AccountId"),
            settings.RequiredList($"{item}:Organizations"),
            settings.Required($"{item}:ClientId"),
            settings.Required($"{item}:SdkClientId"),
            settings.Optional($"{item}:ClientSecretName", "zoom-client-secret"),
            settings.Optional($"{item}:SdkClientSecretName", "zoom-sdk-client-secret"),
            settings.Optional($"{item}:WebhookSecretName", "zoom-webhook-secret"));
        if (account.Organizations.Any(id => id != "*" && !OrganizationId.IsValid(id)))
        {
            settings.AddError($"{item}:Organizations", "holds what is neither an organisation's id nor *");
        }

        return account;
    }

    private static Uri WithSlash(Uri address) => new($"{address.AbsoluteUri.TrimEnd('/')}/");
}
