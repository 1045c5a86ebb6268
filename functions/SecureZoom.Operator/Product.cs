using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Operator;

/// <summary>
/// The app's own parts, put together by the app's own settings, without running it: those of the sandbox, or what <c>az functionapp config
/// appsettings list</c> says of a deployment, whose storage and vault are opened as whoever is signed in there.
/// </summary>
internal static class Product
{
    private const string SettingsFile = "SECUREZOOM_SETTINGS";
    private const string DataFolder = "SECUREZOOM_DATA";

    /// <summary>As azd's environment calls it.</summary>
    private const string ApiVariable = "API_URL";

    /// <summary>The identity of the app is nobody else's.</summary>
    private static readonly string[] AppsOwn = ["Audit:credential", "Audit:clientId", "KeyVault:credential", "KeyVault:clientId"];

    /// <exception cref="UsageException">There are no settings.</exception>
    /// <exception cref="SettingsException">They are not usable.</exception>
    public static IHost Open() => Compose(ReadSettings().Values);

    /// <summary>Opens it with its customers at hand, read again while it is open, as in the app: nothing else of it runs.</summary>
    public static async Task<IHost> OpenAsync(this Func<IHost> open, CancellationToken cancellationToken)
    {
        var product = open();
        if (product.Services.GetRequiredKeyedService<CachedPartition>(CustomerList.Partition) is { ExecuteTask: null } customers)
        {
            await customers.StartAsync(cancellationToken);
        }

        try
        {
            await product.Services.GetRequiredService<CustomerList>().ReadAsync(cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // Whatever needs to know customers says so by itself.
        }

        return product;
    }

    /// <exception cref="SettingsException">The settings are not usable.</exception>
    public static IHost Compose(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.AddSecureZoom();
        return builder.Build();
    }

    /// <exception cref="UsageException">There are none.</exception>
    public static ProductSettings ReadSettings()
    {
        var file = Environment.GetEnvironmentVariable(SettingsFile)
            ?? Path.Combine(Environment.GetEnvironmentVariable(DataFolder) ?? ".sandbox", "local.settings.json");
        try
        {
            var read = JsonNode.Parse(File.ReadAllText(file));
            var settings = read switch
            {
                JsonArray listed => listed.OfType<JsonObject>().Select(one => ((string)one["name"]!, (string?)one["value"])),
                JsonObject local => local["Values"]!.AsObject().Select(one => (one.Key, (string?)one.Value)),
                _ => throw new JsonException(),
            };
            return new ProductSettings(
                settings.Select(one => (Name: one.Item1.Replace("__", ":", StringComparison.Ordinal), Value: one.Item2))
                    .Where(one => !AppsOwn.Contains(one.Name, StringComparer.OrdinalIgnoreCase))
                    .ToDictionary(one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase),
                Environment.GetEnvironmentVariable(ApiVariable) is { Length: > 0 } api ? api
                    : read is JsonObject own && (int?)own["Host"]?["LocalHttpPort"] is { } port ? string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/api/")
                    : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException
            or NullReferenceException or ArgumentException)
        {
            throw new UsageException($"{file} has no settings of the app: run script/server, or name a file in {SettingsFile} ({exception.GetType().Name}).");
        }
    }
}
