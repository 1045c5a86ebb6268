namespace Microsoft.Azure.Functions.Worker;

public sealed class QueueTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    public string QueueName { get; } = queueName;
    /// <summary>The setting that holds a connection string, or the section with <c>queueServiceUri</c>.</summary>
    public string? Connection { get; set; }
}
