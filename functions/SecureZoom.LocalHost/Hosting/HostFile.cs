using Microsoft.Extensions.Configuration;
using SecureZoom.LocalHost.Queues;

namespace SecureZoom.LocalHost.Hosting;

/// <summary>What host.json says of routes, queues and logging.</summary>
internal sealed record HostFile(string RoutePrefix, QueueOptions Queues, IEnumerable<KeyValuePair<string, string?>> Logging)
{
    public static HostFile Read(string fallbackFolder)
    {
        var folder = File.Exists(Path.Combine(AppContext.BaseDirectory, "host.json")) ? AppContext.BaseDirectory : fallbackFolder;
        var file = new ConfigurationBuilder()
            .SetBasePath(folder).AddJsonFile("host.json", optional: true, reloadOnChange: false).Build();
        return new(
            file["extensions:http:routePrefix"] ?? "api",
            file.GetSection("extensions:queues").Get<QueueOptions>() ?? new(),
            file.GetSection("logging").AsEnumerable());
    }
}
