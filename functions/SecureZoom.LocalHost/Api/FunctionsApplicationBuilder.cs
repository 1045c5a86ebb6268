using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.LocalHost.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly LocalApplication _application;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];

    internal FunctionsApplicationBuilder(string[] args) => _application = new(args);

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_application.Web).Properties;

    public ConfigurationManager Configuration => _application.Web.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    public IHostEnvironment Environment => _application.Web.Environment;

    public ILoggingBuilder Logging => _application.Web.Logging;

    public IMetricsBuilder Metrics => _application.Web.Metrics;

    public IServiceCollection Services => _application.Web.Services;

    internal bool ServesHttp { get; set; }

    /// <summary>Where functions are looked for; tests name a few of their own.</summary>
    internal IEnumerable<Type> FunctionTypes { get; set; } = FunctionCatalog.ReferencedTypes();

    /// <exception cref="InvalidOperationException">Functions that the real host would not run, one a line.</exception>
    public IHost Build() => _application.Build(FunctionTypes, _middleware, ServesHttp);

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_application.Web).ConfigureContainer(factory, configure);

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _middleware.Add(middleware);
        return this;
    }
}
