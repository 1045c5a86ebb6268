namespace SecureZoom.LocalHost.Settings;

/// <summary>What host.json, local.settings.json, the environment and the arguments tell the host, as Core Tools reads them.</summary>
/// <param name="AppFolder">The built app: host.json, worker.config.json and the assembly that it names.</param>
/// <param name="HostJson">host.json.</param>
/// <param name="Values">The app's settings: those of local.settings.json, and above them the environment's.</param>
/// <param name="Port">The port on loopback; 0 takes a free one.</param>
/// <param name="Grace">How long what runs may take to finish when the host stops.</param>
/// <param name="CorsOrigins">Who may call from another origin: <c>*</c> for everybody.</param>
/// <param name="CorsCredentials">Whether they may send cookies.</param>
internal sealed record HostSettings(
    string AppFolder, IConfiguration HostJson, IConfiguration Values, int Port, TimeSpan Grace, string[] CorsOrigins, bool CorsCredentials)
{
    private const int DefaultPort = 7071;
    private const int DefaultGrace = 30;
    private const int MaxGrace = 24 * 60 * 60;

    /// <summary>What comes before every route.</summary>
    public string RoutePrefix => HostJson["extensions:http:routePrefix"] ?? "api";

    /// <summary>The settings of local.settings.json alone, which the worker gets as environment variables.</summary>
    public IReadOnlyDictionary<string, string> LocalValues { get; private init; } = new Dictionary<string, string>();

    /// <param name="folder">The folder with <c>local.settings.json</c>, which may be missing.</param>
    /// <exception cref="HostException">A file or an argument is not what it should be, or local.settings.json is encrypted.</exception>
    public static HostSettings Read(string appFolder, string folder, string[] args)
    {
        try
        {
            var local = JsonFile(folder, "local.settings.json");
            if (local.GetValue<bool>("IsEncrypted"))
            {
                throw new HostException("local.settings.json is encrypted, which only Core Tools can read.");
            }

            var values = local.GetSection("Values").AsEnumerable(makePathsRelative: true)
                .Where(setting => setting.Value is not null)
                .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);
            // Not from the environment: many a machine has a variable PORT.
            var arguments = new ConfigurationBuilder().AddCommandLine(args).Build();
            return new HostSettings(
                Path.GetFullPath(appFolder),
                JsonFile(appFolder, "host.json"),
                new ConfigurationBuilder()
                    .AddInMemoryCollection(values.ToDictionary(value => value.Key.Replace("__", ":", StringComparison.Ordinal), value => (string?)value.Value))
                    .AddEnvironmentVariables()
                    .Build(),
                Within(arguments.GetValue<int?>("port") ?? local.GetValue("Host:LocalHttpPort", DefaultPort), IPEndPoint.MaxPort, "The port"),
                TimeSpan.FromSeconds(Within(arguments.GetValue("grace", DefaultGrace), MaxGrace, "The grace in seconds")),
                (arguments["cors"] ?? local["Host:CORS"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                local.GetValue<bool>("Host:CORSCredentials"))
            {
                LocalValues = values,
            };
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or InvalidOperationException)
        {
            throw new HostException($"{e.Message} {e.InnerException?.Message}".TrimEnd());
        }
    }

    private static int Within(int value, int most, string name) =>
        value >= 0 && value <= most ? value : throw new HostException($"{name} is {value}; it must be from 0 to {most}.");

    private static IConfigurationRoot JsonFile(string folder, string name) =>
        new ConfigurationBuilder().SetBasePath(Path.GetFullPath(folder)).AddJsonFile(name, optional: true, reloadOnChange: false).Build();
}
