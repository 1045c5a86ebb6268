using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SecureZoom.Functions.Storage;

/// <summary>
/// What ends in its middle, or was not said by storage, is no answer: it fails as storage fails that cannot be reached, and is tried again as that is.
/// </summary>
internal sealed class WholeAnswers : HttpPipelinePolicy
{
    /// <summary>Which answers of Azure Storage carry (its REST API's common response headers), and no page of a proxy's.</summary>
    private static readonly string[] Own = ["x-ms-request-id", "x-ms-version"];

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (IOException exception)
        {
            throw new RequestFailedException("The answer ended in its middle.", exception);
        }

        if (!message.Response.IsError && !Own.Any(message.Response.Headers.Contains))
        {
            throw new RequestFailedException("The answer is not storage's.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Nothing here blocks.");
}
