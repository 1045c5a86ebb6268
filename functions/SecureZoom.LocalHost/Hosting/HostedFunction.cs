namespace SecureZoom.LocalHost.Hosting;

/// <summary>A method with [Function] and how it is called.</summary>
/// <param name="source">What triggers it: an HttpRoute, a QueueSource or a TimerListener.Schedule.</param>
internal sealed class HostedFunction(
    string name, MethodInfo method, BindingMetadata trigger, object source, Func<Invocation, object?>[] arguments)
    : FunctionDefinition
{
    private readonly ObjectFactory? _create =
        method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, []);

    public object Source => source;
    public override string Name => name;
    public override string Id => EntryPoint;
    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";
    public override string PathToAssembly => method.Module.FullyQualifiedName;
    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType))];
    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty.Add(trigger.Name, trigger);

    /// <returns>What the function returned, if anything.</returns>
    public async Task<IResult?> CallAsync(Invocation invocation)
    {
        var instance = _create?.Invoke(invocation.InstanceServices, []);
        var values = Array.ConvertAll(arguments, argument => argument(invocation));
        var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, values, culture: null);
        await (returned as Task ?? Task.CompletedTask);
        return returned is Task<IResult> result ? await result : returned as IResult;
    }
}
