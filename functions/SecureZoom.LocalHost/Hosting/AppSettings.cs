using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace SecureZoom.LocalHost.Hosting;

/// <summary>Puts settings in the place of <c>%NAME%</c> in a trigger's queue name or schedule.</summary>
internal static partial class AppSettings
{
    public static string Resolve(this IConfiguration configuration, string text) =>
        Placeholder().Replace(text, match => configuration[match.Groups[1].Value.Replace("__", ":")]
            ?? throw new InvalidOperationException($"the setting '{match.Groups[1].Value}' is missing"));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
