using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Worker;

/// <summary>Functions that messages trigger: as text, and as bytes.</summary>
public sealed class Messages(Stage stage)
{
    [Function(nameof(Work))]
    public Task Work([QueueTrigger("%QueueName%", Connection = "Store")] string message, FunctionContext context, CancellationToken cancellationToken) =>
        stage.EnterAsync(message, context.BindingContext.BindingData, cancellationToken);

    [Function(nameof(WorkOnBytes))]
    public Task WorkOnBytes([QueueTrigger("%QueueName%-bytes", Connection = "Store")] byte[] message, CancellationToken cancellationToken) =>
        stage.EnterAsync(Convert.ToHexString(message), null, cancellationToken);
}
