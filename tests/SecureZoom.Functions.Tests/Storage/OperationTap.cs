using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SecureZoom.Functions.Tests.Storage;

/// <summary>Writes down what is asked of one service, in the words of Azure's REST reference.</summary>
internal sealed partial class OperationTap(string service, ConcurrentQueue<SentRequest> sent) : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        sent.Enqueue(await ReadAsync(message.Request, message.CancellationToken));
        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    private async Task<SentRequest> ReadAsync(Request request, CancellationToken cancellationToken)
    {
        var uri = request.Uri.ToUri();
        // Behind Azurite's account. What cannot be told is shown as it is, and fails the comparison.
        var (place, operation) = service switch
        {
            "table" => Table(request.Method.Method, uri.AbsolutePath),
            "queue" => Queue(request.Method.Method, uri),
            "blob" => Blob(request.Method.Method, uri),
            _ => Vault(uri.AbsolutePath),
        };
        if (operation != "Transaction")
        {
            return new SentRequest($"{service} {place}", [operation], Cause());
        }

        using var body = new MemoryStream();
        await request.Content!.WriteToAsync(body, cancellationToken);
        var parts = Part().Matches(Encoding.UTF8.GetString(body.ToArray()))
            .Select(part => Table(part.Groups["method"].Value, part.Groups["path"].Value))
            .ToList();
        return new SentRequest(
            $"{service} {parts.Select(part => part.Place).Distinct().Single()}", [.. parts.Select(part => part.Operation)], Cause());
    }

    private static (string Place, string Operation) Table(string method, string path)
    {
        var resource = path.Split('/')[2];
        return (resource.Split('(')[0], method switch
        {
            "POST" when resource == "$batch" => "Transaction",
            "POST" when resource == "Tables" => "CreateTable",
            "GET" => "QueryEntities",
            "POST" => "InsertEntity",
            "PUT" => "ReplaceEntity",
            "PATCH" or "MERGE" => "MergeEntity",
            "DELETE" => "DeleteEntity",
            _ => $"{method} {path}",
        });
    }

    private static (string Place, string Operation) Queue(string method, Uri uri)
    {
        var path = uri.AbsolutePath.Split('/');
        return (path[2], (method, path.Length, uri.Query.Contains("comp=metadata", StringComparison.Ordinal)) switch
        {
            ("POST", 4, false) => "PutMessage",
            ("GET", 4, false) => "GetMessages",
            ("PUT", 5, false) => "UpdateMessage",
            ("DELETE", 5, false) => "DeleteMessage",
            ("GET", 3, true) => "GetQueueMetadata",
            _ => $"{method} {uri.PathAndQuery}",
        });
    }

    private static (string Place, string Operation) Blob(string method, Uri uri)
    {
        var path = uri.AbsolutePath.Split('/');
        return (path[2], (method, path.Length, uri.Query.Contains("comp=", StringComparison.Ordinal)) switch
        {
            ("GET", 3, true) => "ListBlobs",
            ("PUT", > 3, false) => "PutBlob",
            ("GET", > 3, false) => "GetBlob",
            ("HEAD", > 3, false) => "GetBlobProperties",
            ("DELETE", > 3, false) => "DeleteBlob",
            _ => $"{method} {uri.PathAndQuery}",
        });
    }

    private static (string Place, string Operation) Vault(string path) =>
        ("secrets", path.EndsWith("/versions", StringComparison.Ordinal) ? "GetSecretVersions" : "GetSecret");

    /// <summary>The name of the outermost activity: a request's, or that of the function which a queue or a timer has run.</summary>
    private static string? Cause()
    {
        var activity = Activity.Current;
        while (activity?.Parent is { } parent)
        {
            activity = parent;
        }

        return activity?.OperationName;
    }

    [GeneratedRegex(@"^(?<method>[A-Z]+) https?://[^/]+(?<path>/[^\s?]+)\S* HTTP/1\.1", RegexOptions.Multiline)]
    private static partial Regex Part();
}
