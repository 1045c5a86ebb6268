namespace SecureZoom.LocalHost.Hosting;

/// <summary>The trigger among a function's bindings.</summary>
internal sealed class TriggerMetadata(string name, string type) : BindingMetadata
{
    public override string Name => name;
    public override string Type => type;
}
