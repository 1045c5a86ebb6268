namespace SecureZoom.LocalHost.Hosting;

/// <summary>One run of a function, as the function and its middleware see it.</summary>
/// <param name="input">What the trigger brings: the request, the message's text, or the timer's state.</param>
internal sealed class Invocation(
    HostedFunction function, object input, IReadOnlyDictionary<string, object?> bindingData,
    IServiceProvider services, CancellationToken cancellationToken) : FunctionContext
{
    /// <summary>The item under which the real worker keeps the HttpContext.</summary>
    public const string HttpContextKey = "HttpRequestContext";

    public HostedFunction Function => function;
    public object Input => input;
    public override string InvocationId { get; } = Guid.NewGuid().ToString();
    public override string FunctionId => function.Id;
    public override FunctionDefinition FunctionDefinition => function;
    public override TraceContext TraceContext { get; } = new Trace(Activity.Current);
    public override BindingContext BindingContext { get; } = new Bindings(bindingData);
    public override RetryContext RetryContext { get; } = new NoRetry();
    public override IServiceProvider InstanceServices { get; set; } = services;
    public override IDictionary<object, object> Items { get; set; } = input is HttpRequest request
        ? new Dictionary<object, object> { [HttpContextKey] = request.HttpContext } : [];
    public override IInvocationFeatures Features { get; } =
        new FeaturesByType { [typeof(InvocationResult)] = new Result() };
    public override CancellationToken CancellationToken => cancellationToken;

    private sealed class Bindings(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class Trace(Activity? activity) : TraceContext
    {
        public override string TraceParent => activity?.Id ?? "";
    }

    private sealed class NoRetry : RetryContext
    {
        public override int RetryCount => 0;
        public override int MaxRetryCount => 0;
    }

    private sealed class Result : InvocationResult { public override object? Value { get; set; } }

    private sealed class FeaturesByType : Dictionary<Type, object>, IInvocationFeatures
    {
        public void Set<T>(T instance) => this[typeof(T)] = instance!;
        public T? Get<T>() => TryGetValue(typeof(T), out var feature) ? (T)feature : default;
    }
}
