namespace Microsoft.Azure.Functions.Worker;

public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    : TriggerBindingAttribute
{
    /// <summary>A route template below the prefix of host.json; the function's name when null.</summary>
    public string? Route { get; set; }
    public string[]? Methods { get; } = methods;
    public AuthorizationLevel AuthLevel { get; } = authLevel;
}
