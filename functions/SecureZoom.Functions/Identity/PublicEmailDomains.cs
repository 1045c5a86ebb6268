using System.Collections.Frozen;

namespace SecureZoom.Functions.Identity;

/// <summary>The domains of the largest public mail providers, where anybody has an address: no token makes one an organisation's own.</summary>
/// <remarks>
/// The providers of https://en.wikipedia.org/wiki/Comparison_of_webmail_providers with most users, each with the domains that it gives to
/// new accounts or gave once. It is not whole and need not be: settings decide about any domain.
/// </remarks>
internal static class PublicEmailDomains
{
    private static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        "126.com", "163.com", "aol.com", "fastmail.com", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com",
        "icloud.com", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "outlook.com", "pm.me", "proton.me",
        "protonmail.com", "qq.com", "rediffmail.com", "rocketmail.com", "t-online.de", "tutanota.com", "web.de", "yahoo.co.jp", "yahoo.com",
        "yandex.com", "yandex.ru", "ymail.com", "zohomail.com");

    /// <param name="domain">In lower case.</param>
    public static bool Contains(string domain) => All.Contains(domain);
}
