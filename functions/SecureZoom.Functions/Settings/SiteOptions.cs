namespace SecureZoom.Functions.Settings;

/// <summary>Where the site is: <c>Site:Url</c>.</summary>
public sealed record SiteOptions(Uri Url)
{
    internal static SiteOptions Read(SettingsReader settings) => new(settings.Address("Site:Url"));
}
