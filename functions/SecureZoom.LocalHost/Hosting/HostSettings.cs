namespace SecureZoom.LocalHost.Hosting;

/// <summary>What host.json, local.settings.json (as Core Tools reads it) and the arguments tell the host.</summary>
internal sealed record HostSettings(
    string RoutePrefix, QueueOptions Queues, IEnumerable<KeyValuePair<string, string?>> Logging,
    IEnumerable<KeyValuePair<string, string?>> Values, int Port, string[] CorsOrigins, bool CorsCredentials)
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
            from setting in local.GetSection("Values").AsEnumerable(makePathsRelative: true)
            where setting.Value is not null
            select new KeyValuePair<string, string?>(setting.Key.Replace("__", ":"), setting.Value),
            arguments.GetValue<int?>("port") ?? local.GetValue("Host:LocalHttpPort", 7071),
            [.. (local["Host:CORS"] ?? "").Split(',').Select(origin => origin.Trim()).Where(origin => origin != "")],
            local.GetValue<bool>("Host:CORSCredentials"));
    }

    private static IConfigurationRoot JsonFile(string folder, string name) =>
        new ConfigurationBuilder().SetBasePath(folder).AddJsonFile(name, optional: true, reloadOnChange: false).Build();
}
