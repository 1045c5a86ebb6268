using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SecureZoom.LocalHost.Tests.Support;

/// <summary>A host in a folder of its own, with the functions, files and settings that a test gives it.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("localhost-tests-");
    private readonly Lazy<IHost> _host;

    public TestHost(Type functions, string? hostJson = null, string? localSettings = null, params string[] args)
    {
        WriteFile("host.json", hostJson);
        WriteFile("local.settings.json", localSettings);
        Builder = FunctionsApplication.CreateBuilder(["--port", "0", "--contentRoot", _folder.FullName, .. args]);
        Builder.FunctionTypes = [functions];
        Builder.ConfigureFunctionsWebApplication();
        Builder.Logging.ClearProviders().AddProvider(Log);
        _host = new(Builder.Build);
    }

    public FunctionsApplicationBuilder Builder { get; }

    public LogLines Log { get; } = new();

    public IHost Host => _host.Value;

    public HttpClient Client { get; } = new();

    public IEnumerable<string> Addresses =>
        Host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    public TestHost Set(string setting, string? value)
    {
        Builder.Configuration.AddInMemoryCollection([new(setting, value)]);
        return this;
    }

    public Task<TestHost> StartAsync(Func<FunctionContext, object?, Task> act) => StartAsync(async (context, input) =>
    {
        await act(context, input);
        return Results.Ok();
    });

    public async Task<TestHost> StartAsync(Func<FunctionContext, object?, Task<IResult>> act)
    {
        Builder.Services.AddSingleton(new Script(act));
        await Host.StartAsync(TestContext.Current.CancellationToken);
        Client.BaseAddress = new(Addresses.First());
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_host.IsValueCreated)
        {
            await _host.Value.StopAsync(CancellationToken.None);
            await ((IAsyncDisposable)_host.Value).DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private void WriteFile(string name, string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), text);
        }
    }
}
