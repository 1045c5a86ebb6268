namespace Microsoft.Azure.Functions.Worker;

public abstract class BindingContext
{
    /// <summary>Route values of a request, or what the queue knows of a message.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
