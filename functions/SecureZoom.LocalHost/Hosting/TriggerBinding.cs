using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Hosting;

/// <summary>The trigger among a function's bindings.</summary>
internal sealed class TriggerBinding(string name, string type) : BindingMetadata
{
    public override string Name => name;

    public override string Type => type;

    public override BindingDirection Direction => BindingDirection.In;
}
