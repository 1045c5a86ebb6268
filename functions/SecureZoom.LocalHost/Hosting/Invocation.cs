namespace SecureZoom.LocalHost.Hosting;

/// <summary>One run of a function, as the function and its middleware see it.</summary>
internal sealed class Invocation : FunctionContext
{
    /// <summary>The item under which the real worker keeps the HttpContext.</summary>
    public const string HttpContextKey = "HttpRequestContext";

    /// <param name="input">What the trigger brings: the request, the message's text, or the timer's state.</param>
    public Invocation(HostedFunction function, object input, IReadOnlyDictionary<string, object?> bindingData,
        IServiceProvider services, CancellationToken cancellationToken)
    {
        Function = function;
        Input = input;
        BindingContext = new Bindings(bindingData);
        InstanceServices = services;
        CancellationToken = cancellationToken;
        Features.Set<InvocationResult>(new Result());
        if (input is HttpRequest request)
        {
            Items[HttpContextKey] = request.HttpContext;
        }
    }

    public HostedFunction Function { get; }
    public object Input { get; }
    public override string InvocationId { get; } = Guid.NewGuid().ToString();
    public override string FunctionId => Function.Id;
    public override FunctionDefinition FunctionDefinition => Function;
    public override TraceContext TraceContext { get; } = new Trace(Activity.Current);
    public override BindingContext BindingContext { get; }
    public override RetryContext RetryContext { get; } = new NoRetry();
    public override IServiceProvider InstanceServices { get; set; }
    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();
    public override IInvocationFeatures Features { get; } = new FeaturesByType();
    public override CancellationToken CancellationToken { get; }

    private sealed class Bindings(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class Trace(Activity? activity) : TraceContext
    {
        public override string TraceParent => activity?.Id ?? "";
        public override string TraceState => activity?.TraceStateString ?? "";
    }

    private sealed class NoRetry : RetryContext
    {
        public override int RetryCount => 0;
        public override int MaxRetryCount => 0;
    }

    private sealed class Result : InvocationResult
    {
        public override object? Value { get; set; }
    }

    private sealed class FeaturesByType : Dictionary<Type, object>, IInvocationFeatures
    {
        public void Set<T>(T instance) => this[typeof(T)] = instance!;
        public T? Get<T>() => TryGetValue(typeof(T), out var feature) ? (T)feature : default;
    }
}
