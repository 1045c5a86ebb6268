using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using SecureZoom.Functions.Audit.Checkpoints;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Refuses to overwrite or delete anything in the container <c>audit-checkpoints</c>, as its policy does in Azure, and tells who tried.</summary>
internal sealed class LockedCheckpoints : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<string> _refused = new();

    /// <summary>Fails when somebody has tried.</summary>
    public void Check() => Assert.Empty(_refused);

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Refuse(message.Request);
        return ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Refuse(message.Request);
        ProcessNext(message, pipeline);
    }

    private void Refuse(Request request)
    {
        // The account, the container, the blob.
        if (request.Uri.Path.Trim('/').Split('/', 3) is not [_, CheckpointBlobs.ContainerName, ..] path || IsAllowed(request, isOfBlob: path.Length > 2))
        {
            return;
        }

        _refused.Enqueue($"{request.Method} {request.Uri.Path}{request.Uri.Query}");
        throw new RequestFailedException(409, "This operation is not permitted as the blob is immutable due to a policy.", "BlobImmutableDueToPolicy", null);
    }

    /// <summary>What reads, makes the container, or makes a blob that is not there yet.</summary>
    private static bool IsAllowed(Request request, bool isOfBlob) =>
        request.Method == RequestMethod.Get
        || request.Method == RequestMethod.Head
        || (request.Method == RequestMethod.Put
            && (isOfBlob
                ? request.Headers.TryGetValue("If-None-Match", out var condition) && condition == "*" && !request.Uri.Query.Contains("comp=", StringComparison.Ordinal)
                : !request.Uri.Query.Contains("comp=", StringComparison.Ordinal)));
}
