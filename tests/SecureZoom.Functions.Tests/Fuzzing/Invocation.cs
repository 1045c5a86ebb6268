using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>A function's call by a request, as the worker's middleware sees it.</summary>
internal sealed class Invocation : FunctionContext
{
    /// <summary>Where the worker's integration with ASP.NET keeps the request.</summary>
    private const string HttpKey = "HttpRequestContext";

    public Invocation(string function, MethodInfo method, HttpContext http, IServiceProvider services, CancellationToken cancellationToken)
    {
        FunctionDefinition = new Definition(function, $"{method.DeclaringType!.FullName}.{method.Name}");
        Items = new Dictionary<object, object> { [HttpKey] = http };
        InstanceServices = services;
        CancellationToken = cancellationToken;
    }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => FunctionDefinition.Id;

    public override TraceContext TraceContext { get; } = new NoTrace();

    public override BindingContext BindingContext => throw new NotSupportedException();

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition { get; }

    public override IDictionary<object, object> Items { get; set; }

    public override IInvocationFeatures Features { get; } = new Bindings();

    public override CancellationToken CancellationToken { get; }

    /// <summary>A function's name and entry point, which is all that anybody asks.</summary>
    private sealed class Definition(string name, string entryPoint) : FunctionDefinition
    {
        public override string Id => name;

        public override string Name => name;

        public override string EntryPoint => entryPoint;

        public override string PathToAssembly => "";

        public override IImmutableDictionary<string, BindingMetadata> InputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;

        public override ImmutableArray<FunctionParameter> Parameters => [];
    }

    /// <summary>A host that traces nothing.</summary>
    private sealed class NoTrace : TraceContext
    {
        public override string TraceParent => "";

        public override string TraceState => "";
    }

    /// <summary>Where the result is kept. The worker's own interface for it is internal, hence the proxy.</summary>
    private sealed class Bindings : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> _features = [];

        public T? Get<T>() => (T)(_features.TryGetValue(typeof(T), out var feature) ? feature : _features[typeof(T)] = Remembering.Of(typeof(T)));

        public void Set<T>(T instance) => _features[typeof(T)] = instance!;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
