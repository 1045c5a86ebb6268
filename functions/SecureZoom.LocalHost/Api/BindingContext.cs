namespace Microsoft.Azure.Functions.Worker;

public abstract class BindingContext
{
    /// <summary>Route values of a request; what the queue knows of a message, as the strings the real host sends.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
