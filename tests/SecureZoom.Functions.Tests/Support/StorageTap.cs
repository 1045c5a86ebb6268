using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Sees every operation of an app on its storage, and can make it fail or hang.</summary>
internal sealed class StorageTap : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<(string? TraceId, string Operation, string Body)> _operations = new();
    private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Which operations fail, by <c>{method} {path}{query}</c>, and of transactions the paths of their parts.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    /// <summary>How they fail.</summary>
    public Func<Exception> Failure { get; set; } = () => new RequestFailedException(503, "The test takes storage down.");

    /// <summary>Which operations wait until their caller gives up.</summary>
    public Func<string, bool> Hangs { get; set; } = _ => false;

    /// <summary>What comes between an app and its operation.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Ends when an operation has begun to hang.</summary>
    public Task Hanging => _hanging.Task;

    /// <summary>What was sent to storage.</summary>
    public IEnumerable<string> Bodies => _operations.Select(operation => operation.Body);

    /// <summary>How many operations hold all of these, in method and path.</summary>
    public int Count(params string[] parts) =>
        _operations.Count(operation => parts.All(part => operation.Operation.Contains(part, StringComparison.Ordinal)));

    /// <summary>The operations of one call: method and path, with what differs between two meetings taken out.</summary>
    public string[] Of(string traceId, params string[] numbers) =>
    [
        .. _operations.Where(operation => operation.TraceId == traceId)
            .Select(operation => numbers.Aggregate(operation.Operation, (text, number) => text.Replace(number, "#", StringComparison.Ordinal))),
    ];

    /// <summary>Puts the app's storage clients behind this tap.</summary>
    public void Tap(IServiceCollection services, Cloud cloud)
    {
        var tables = new TableClientOptions();
        tables.AddPolicy(this, HttpPipelinePosition.PerCall);
        var queues = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        queues.AddPolicy(this, HttpPipelinePosition.PerCall);
        queues.Retry.MaxRetries = 0;
        services.AddSingleton(new TableServiceClient(cloud.Storage.ConnectionString, tables));
        services.AddSingleton(new QueueClient(cloud.Storage.ConnectionString, "audit-events", queues));
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var body = await KeepAsync(message, $"{message.Request.Method} {message.Request.Uri.Path}");
        var operation = $"{message.Request.Method} {message.Request.Uri.PathAndQuery}{Parts(message, body)}";
        if (Fails(operation))
        {
            throw Failure();
        }

        if (Hangs(operation))
        {
            _hanging.TrySetResult();
            await Task.Delay(Timeout.Infinite, message.CancellationToken);
        }

        await Before(operation);

        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    /// <summary>What a transaction writes: it has one address for all tables.</summary>
    private static string Parts(HttpMessage message, string body) => message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal)
        ? string.Concat(body.Split('\n').Where(line => line.EndsWith("HTTP/1.1\r", StringComparison.Ordinal)).Select(line => $" {new Uri(line.Split(' ')[1]).AbsolutePath}"))
        : "";

    private async Task<string> KeepAsync(HttpMessage message, string operation)
    {
        using var body = new MemoryStream();
        if (message.Request.Content is { } content)
        {
            await content.WriteToAsync(body, message.CancellationToken);
        }

        var text = Encoding.UTF8.GetString(body.ToArray());
        _operations.Enqueue((Activity.Current?.TraceId.ToHexString(), operation, text));
        return text;
    }
}
