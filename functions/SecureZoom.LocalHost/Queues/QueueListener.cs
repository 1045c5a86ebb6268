using Azure.Core;
using Microsoft.Azure.WebJobs.Host.Indexers;
using Microsoft.Extensions.Azure;

namespace SecureZoom.LocalHost.Queues;

/// <summary>Runs a function for each message of its queue, by the WebJobs SDK's own listener: the code that the Functions host runs.</summary>
internal sealed class QueueListener : IDisposable
{
    private readonly Function _function;
    private readonly ReceiveGate _gate = new();
    private readonly IHost _jobs;

    /// <exception cref="HostException">There is no such connection among the settings.</exception>
    public QueueListener(Function function, HostSettings settings, FunctionInvoker invoker, ILoggerFactory loggers)
    {
        _function = function;
        var connection = settings.Values.GetSection(function.Text("connection") ?? "AzureWebJobsStorage");
        if (!connection.Exists())
        {
            throw new HostException($"Function '{function.Name}' needs the setting '{connection.Key}', or '{connection.Key}__queueServiceUri'.");
        }

        var names = connection.AsEnumerable(makePathsRelative: true)
            .Select(setting => KeyValuePair.Create($"{QueueFunction.Connection}:{setting.Key}", setting.Value))
            .Append(new(QueueFunction.Connection, connection.Value))
            .Append(new(QueueFunction.Queue, function.Resolve("queueName", settings.Values)));
        _jobs = new HostBuilder()
            .ConfigureHostConfiguration(configuration => configuration.AddInMemoryCollection(names))
            .ConfigureWebJobs(jobs => jobs.AddAzureStorageQueues(settings.HostJson.GetSection("extensions:queues").Bind))
            .ConfigureServices(services => services.AddAzureClients(clients => clients.ConfigureDefaults(options => options.AddPolicy(_gate, HttpPipelinePosition.PerCall))))
            .ConfigureServices(services => services
                .AddSingleton(loggers).AddSingleton(function).AddSingleton(invoker)
                .AddSingleton<ITypeLocator, OnlyQueueFunction>().AddSingleton<IHostLifetime, NoLifetime>()
                .AddSingleton<IWebJobsExceptionHandler, LogUnsettled>())
            .Build();
    }

    /// <exception cref="HostException">The connection is none.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _jobs.StartAsync(cancellationToken);
        }
        catch (FunctionIndexingException e)
        {
            throw new HostException($"Function '{_function.Name}': {e.InnerException?.Message}");
        }
    }

    /// <summary>Takes no more messages and lets the running ones finish.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _gate.CloseAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _jobs.StopAsync(cancellationToken);
    }

    public void Dispose()
    {
        _jobs.Dispose();
        _gate.Dispose();
    }

    private sealed class OnlyQueueFunction : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [typeof(QueueFunction)];
    }
}
