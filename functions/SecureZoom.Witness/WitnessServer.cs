using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Verification.Log;

namespace SecureZoom.Witness;

/// <summary>A witness on Kestrel, on 127.0.0.1.</summary>
public sealed class WitnessServer : IAsyncDisposable
{
    /// <summary>A checkpoint with its signatures and 63 hashes is a tenth of it.</summary>
    private const int MaxRequest = 64 * 1024;

    private readonly WebApplication _application;
    private readonly WitnessRecords _records;

    private WitnessServer(WebApplication application, WitnessRecords records, VerifierKey key) =>
        (_application, _records, Key) = (application, records, key);

    /// <summary>Whom its readers trust.</summary>
    public VerifierKey Key { get; }

    /// <summary>The prefix of its calls.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <exception cref="IOException">The port or the folder is somebody else's.</exception>
    public static async Task<WitnessServer> StartAsync(WitnessOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Folder);
        var records = new WitnessRecords(options.Folder);
        try
        {
            var witness = new CheckpointWitness(options, WitnessKey.Open(options.Folder, options.Name), records, time);
            var application = Build(options.Port, witness);
            await application.StartAsync(cancellationToken);
            return new WitnessServer(application, records, witness.Key);
        }
        catch
        {
            records.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _records.Dispose();
    }

    private static WebApplication Build(int port, CheckpointWitness witness)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequest;
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
        });
        var application = builder.Build();
        application.MapPost("/add-checkpoint", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var (status, text, type) = witness.Add(body.GetBuffer().AsSpan(0, (int)body.Length));
            return Results.Text(text, type, statusCode: status);
        });
        return application;
    }
}
