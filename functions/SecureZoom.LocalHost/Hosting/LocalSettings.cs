using Microsoft.Extensions.Configuration;

namespace SecureZoom.LocalHost.Hosting;

/// <summary>local.settings.json as Core Tools reads it.</summary>
internal sealed record LocalSettings(
    IReadOnlyDictionary<string, string?> Values, int? Port, string[] CorsOrigins, bool CorsCredentials)
{
    public static LocalSettings Read(string folder)
    {
        var file = new ConfigurationBuilder()
            .SetBasePath(folder).AddJsonFile("local.settings.json", optional: true, reloadOnChange: false).Build();
        if (file.GetValue<bool>("IsEncrypted"))
        {
            throw new InvalidOperationException("local.settings.json is encrypted, which only Core Tools can read.");
        }

        return new(
            file.GetSection("Values").GetChildren().ToDictionary(value => value.Key.Replace("__", ":"), value => value.Value),
            file.GetValue<int?>("Host:LocalHttpPort"),
            (file["Host:CORS"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            file.GetValue<bool>("Host:CORSCredentials"));
    }
}
