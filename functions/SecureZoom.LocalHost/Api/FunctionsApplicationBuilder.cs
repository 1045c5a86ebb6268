namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly HostSettings _settings;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];

    internal FunctionsApplicationBuilder(string[] args)
    {
        var environment = System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development;
        _web = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, EnvironmentName = environment });
        _settings = HostSettings.Read(Environment.ContentRootPath, args);

        // Core Tools makes Values environment variables, but never in the place of existing ones.
        var sources = ((IConfigurationBuilder)Configuration).Sources;
        var variables = sources.Last(s => s is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        sources.Insert(sources.IndexOf(variables), new MemoryConfigurationSource { InitialData = _settings.Values });
        sources.Insert(0, new MemoryConfigurationSource { InitialData = _settings.Logging });
    }

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;
    public ConfigurationManager Configuration => _web.Configuration;
    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;
    public IHostEnvironment Environment => _web.Environment;
    public ILoggingBuilder Logging => _web.Logging;
    public IMetricsBuilder Metrics => _web.Metrics;
    public IServiceCollection Services => _web.Services;

    internal bool ServesHttp { get; set; }
    // Tests name a few of their own.
    internal IEnumerable<Type> FunctionTypes { get; set; } = FunctionCatalog.ReferencedTypes();

    /// <exception cref="InvalidOperationException">Functions that the real host would not run, one a line.</exception>
    public IHost Build()
    {
        var catalog = new FunctionCatalog(ServesHttp ? _settings.RoutePrefix : null, Configuration);
        var functions = catalog.Find(FunctionTypes);
        Services.AddHttpServer();
        Services.AddSingleton(services => ActivatorUtilities.CreateInstance<FunctionInvoker>(services, _middleware));
        foreach (var function in functions.Where(function => function.Source is not HttpRoute))
        {
            Services.AddSingleton<IHostedService>(services => function.Source is QueueSource queue
                ? ActivatorUtilities.CreateInstance<QueueListener>(services, function, queue, _settings.Queues)
                : ActivatorUtilities.CreateInstance<TimerListener>(
                    services, function, function.Source, services.GetService<TimeProvider>() ?? TimeProvider.System));
        }

        var app = _web.Build();
        app.UseFunctions(functions, _settings);
        return app;
    }

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _middleware.Add(middleware);
        return this;
    }
}
