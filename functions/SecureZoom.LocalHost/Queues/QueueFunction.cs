using Azure.Storage.Queues.Models;
using Google.Protobuf;

namespace SecureZoom.LocalHost.Queues;

/// <summary>What the WebJobs SDK runs for each message: hands it on to the worker.</summary>
internal sealed class QueueFunction(Function function, FunctionInvoker invoker)
{
    /// <summary>The setting that holds the queue's name.</summary>
    public const string Queue = "queue";

    /// <summary>The setting, or settings, of its connection.</summary>
    public const string Connection = "connection";

    /// <remarks>Takes no token: a stop lets what has begun come to its end.</remarks>
    public Task RunAsync([QueueTrigger($"%{Queue}%", Connection = Connection)] QueueMessage message) =>
        invoker(function, Body(message.Body), Metadata(message));

    private TypedData Body(BinaryData body) => function.Text("dataType") is "Binary"
        ? new() { Bytes = UnsafeByteOperations.UnsafeWrap(body.ToMemory()) }
        : new() { String = body.ToString() };

    /// <summary>As the Functions host sends it: times and numbers are JSON.</summary>
    private static Dictionary<string, TypedData> Metadata(QueueMessage message) => new()
    {
        ["QueueTrigger"] = new() { String = message.Body.ToString() },
        ["Id"] = new() { String = message.MessageId },
        ["PopReceipt"] = new() { String = message.PopReceipt },
        ["DequeueCount"] = Json(message.DequeueCount),
        ["InsertionTime"] = Json(message.InsertedOn),
        ["ExpirationTime"] = Json(message.ExpiresOn),
        ["NextVisibleTime"] = Json(message.NextVisibleOn),
    };

    private static TypedData Json<T>(T value) => new() { Json = JsonSerializer.Serialize(value) };
}
