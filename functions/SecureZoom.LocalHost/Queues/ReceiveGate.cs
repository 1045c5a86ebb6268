using Azure.Core;
using Azure.Core.Pipeline;

namespace SecureZoom.LocalHost.Queues;

/// <summary>Lets a receive come to its end before the listener stops: broken off, it leaves messages that nobody has, hidden for ten minutes.</summary>
internal sealed class ReceiveGate : HttpPipelinePolicy, IDisposable
{
    // A storage that says nothing is not waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A listener receives one batch at a time.
    private readonly SemaphoreSlim _turn = new(1, 1);

    // Ends when the listener comes for more: what it has received runs by then.
    private TaskCompletionSource _handedOut = new();

    public ReceiveGate() => _handedOut.SetResult();

    /// <summary>From here on nothing is received any more, and what was is under way.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(Patience, cancellationToken);
        await _handedOut.Task.WaitAsync(Patience, cancellationToken);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (!IsReceive(message.Request))
        {
            await ProcessNextAsync(message, pipeline);
            return;
        }

        _handedOut.TrySetResult();
        await _turn.WaitAsync(message.CancellationToken);
        try
        {
            await ProcessNextAsync(message, pipeline);
            if (message.Response.Content.ToMemory().Span.IndexOf("<QueueMessage>"u8) >= 0)
            {
                _handedOut = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public void Dispose() => _turn.Dispose();

    // https://learn.microsoft.com/rest/api/storageservices/get-messages
    private static bool IsReceive(Request request) =>
        request.Method == RequestMethod.Get && request.Uri.Path.EndsWith("/messages", StringComparison.Ordinal);
}
