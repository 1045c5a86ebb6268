using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SecureZoom.LocalHost.Http;
using SecureZoom.LocalHost.Queues;
using SecureZoom.LocalHost.Timers;

namespace SecureZoom.LocalHost.Hosting;

/// <summary>Puts the host together: settings, functions, and what triggers them.</summary>
internal sealed class LocalApplication
{
    private const int DefaultPort = 7071;
    private const long MaxRequestBodySize = 100 * 1024 * 1024;
    private readonly LocalSettings _settings;
    private readonly HostFile _host;
    private readonly int _port;

    public LocalApplication(string[] args)
    {
        Web = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, EnvironmentName = EnvironmentName() });
        _settings = LocalSettings.Read(Web.Environment.ContentRootPath);
        _host = HostFile.Read(Web.Environment.ContentRootPath);
        // From the arguments alone: the machine may well have a variable PORT.
        _port = new ConfigurationBuilder().AddCommandLine(args).Build().GetValue<int?>("port") ?? _settings.Port ?? DefaultPort;

        // Core Tools hands Values over as environment variables unless there are such already.
        var sources = ((IConfigurationBuilder)Web.Configuration).Sources;
        var variables = sources.Last(source => source is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        sources.Insert(sources.IndexOf(variables), new MemoryConfigurationSource { InitialData = _settings.Values });
        sources.Insert(0, new MemoryConfigurationSource { InitialData = _host.Logging });
    }

    public WebApplicationBuilder Web { get; }

    public IHost Build(
        IEnumerable<Type> types, IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, bool servesHttp)
    {
        var functions = FunctionCatalog.Find(types, _host, Web.Configuration);
        if (!servesHttp && functions.Any(function => function.Source is HttpRoute))
        {
            throw new InvalidOperationException("HTTP functions need builder.ConfigureFunctionsWebApplication().");
        }

        Web.Services.AddCors();
        Web.Services.PostConfigure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Configure(); // Drops what the configuration's Kestrel section asks for: loopback only.
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodySize;
        });
        Web.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<FunctionInvoker>(services, middleware));
        Web.Services.AddSingleton<HttpFunctions>();
        foreach (var function in functions)
        {
            AddListener(function);
        }

        var app = Web.Build();
        // Addresses of our own also make Kestrel ignore every setting for addresses. `localhost` is both loopbacks, but cannot be
        // combined with a port that the system chooses.
        app.Urls.Add(_port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{_port}");
        app.UseCors(policy =>
        {
            policy.WithOrigins(_settings.CorsOrigins).AllowAnyHeader().AllowAnyMethod();
            _ = _settings.CorsCredentials ? policy.AllowCredentials() : policy;
        });
        app.UseRouting();
        var http = app.Services.GetRequiredService<HttpFunctions>();
        app.Run(http.AnswerAsync);
        foreach (var function in functions)
        {
            if (function.Source is HttpRoute route)
            {
                app.Map(route.Pattern, http.AnswerAsync).WithMetadata(function, new HttpMethodMetadata(route.Methods));
            }
        }

        return app;
    }

    private void AddListener(HostedFunction function)
    {
        switch (function.Source)
        {
            case QueueSource source:
                Web.Services.AddSingleton<IHostedService>(services =>
                    ActivatorUtilities.CreateInstance<QueueListener>(services, function, source, _host.Queues));
                break;
            case TimerSchedule schedule:
                Web.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<TimerListener>(
                    services, function, schedule, services.GetService<TimeProvider>() ?? TimeProvider.System));
                break;
        }
    }

    private static string EnvironmentName() =>
        Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development;
}
