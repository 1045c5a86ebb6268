namespace SecureZoom.LocalHost.Hosting;

/// <summary>What host.json, local.settings.json (as Core Tools reads it) and the arguments tell the host.</summary>
internal sealed record HostSettings(
    string RoutePrefix, QueueOptions Queues, IEnumerable<KeyValuePair<string, string?>> Logging,
    Dictionary<string, string?> Values, int Port, string[] CorsOrigins, bool CorsCredentials)
{
    public static HostSettings Read(string folder, string[] args)
    {
        var besideProgram = File.Exists(Path.Combine(AppContext.BaseDirectory, "host.json"));
        var host = JsonFile(besideProgram ? AppContext.BaseDirectory : folder, "host.json");
        var local = JsonFile(folder, "local.settings.json");
        if (local.GetValue<bool>("IsEncrypted"))
        {
            throw new InvalidOperationException("local.settings.json is encrypted, which only Core Tools can read.");
        }

        // Not from the whole configuration: many a machine has an environment variable PORT.
        var arguments = new ConfigurationBuilder().AddCommandLine(args).Build();
        return new(
            host["extensions:http:routePrefix"] ?? "api",
            host.GetSection("extensions:queues").Get<QueueOptions>() ?? new(),
            host.GetSection("logging").AsEnumerable(),
            local.GetSection("Values").AsEnumerable(makePathsRelative: true)
                .Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key.Replace("__", ":"), pair => pair.Value),
            arguments.GetValue<int?>("port") ?? local.GetValue("Host:LocalHttpPort", 7071),
            (local["Host:CORS"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            local.GetValue<bool>("Host:CORSCredentials"));
    }

    private static IConfigurationRoot JsonFile(string folder, string name) =>
        new ConfigurationBuilder().SetBasePath(folder).AddJsonFile(name, optional: true, reloadOnChange: false).Build();
}
