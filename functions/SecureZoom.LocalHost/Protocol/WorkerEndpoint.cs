using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SecureZoom.LocalHost.Protocol;

/// <summary>The gRPC server on loopback that workers connect to; takes only those that are expected.</summary>
internal sealed class WorkerEndpoint : FunctionRpc.FunctionRpcBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerChannel> _expected = new();
    private readonly ILoggerFactory _loggers;
    private readonly WebApplication _server;

    private WorkerEndpoint(ILoggerFactory loggers)
    {
        _loggers = loggers;
        var builder = Loopback.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = WorkerChannel.MaxMessageLength);
        builder.Services.AddSingleton(this);
        _server = builder.Build();
        _server.MapGrpcService<WorkerEndpoint>();
    }

    /// <summary><c>http://127.0.0.1:{port}</c></summary>
    public string Address => _server.Urls.Single();

    public static async Task<WorkerEndpoint> StartAsync(ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var endpoint = new WorkerEndpoint(loggers);
        await endpoint._server.StartAsync(cancellationToken);
        return endpoint;
    }

    /// <summary>Makes a channel for a worker that will be started with <see cref="WorkerChannel.Id"/>.</summary>
    public WorkerChannel Expect()
    {
        var channel = new WorkerChannel(_loggers);
        _expected[channel.Id] = channel;
        return channel;
    }

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (await requestStream.MoveNext(context.CancellationToken)
            && requestStream.Current.StartStream?.WorkerId is { } id
            && _expected.TryRemove(id, out var channel))
        {
            await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
            return;
        }

        throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "No such worker is expected."));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
