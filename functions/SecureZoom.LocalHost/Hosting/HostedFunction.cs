using System.Collections.Immutable;
using System.ComponentModel;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.LocalHost.Http;
using SecureZoom.LocalHost.Queues;
using SecureZoom.LocalHost.Timers;

namespace SecureZoom.LocalHost.Hosting;

/// <summary>A method with [Function] that the real host would run too: what triggers it and how it is called.</summary>
internal sealed class HostedFunction : FunctionDefinition
{
    private readonly MethodInfo _method;
    private readonly ObjectFactory _create;
    private readonly Func<Invocation, object?>[] _arguments;

    /// <exception cref="InvalidOperationException">The real host would not run it, or this one cannot.</exception>
    public HostedFunction(string name, MethodInfo method, HostFile host, IConfiguration configuration)
    {
        if (method is not { IsPublic: true, IsStatic: false, DeclaringType: { IsPublic: true, IsNested: false } type })
        {
            throw new InvalidOperationException("a function is a public method of a top-level public class");
        }

        // Once: reflection may give new objects to whoever asks while another thread asks first.
        var parameters = method.GetParameters();
        var triggers = parameters.Where(p => p.IsDefined(typeof(TriggerBindingAttribute))).ToArray();
        if (triggers is not [var trigger])
        {
            throw new InvalidOperationException($"it has {triggers.Length} triggers instead of one");
        }

        (var kind, var input, Source) = trigger.GetCustomAttribute<TriggerBindingAttribute>() switch
        {
            HttpTriggerAttribute http => ("httpTrigger", typeof(HttpRequest), (object)HttpRoute.From(http, name, host.RoutePrefix)),
            QueueTriggerAttribute queue => ("queueTrigger", typeof(string), QueueSource.From(queue, configuration)),
            TimerTriggerAttribute timer => ("timerTrigger", typeof(TimerInfo), TimerSchedule.From(timer, configuration)),
            var other => throw new InvalidOperationException($"its trigger {other} is not supported"),
        };
        if (trigger.ParameterType != input)
        {
            throw new InvalidOperationException($"its trigger's parameter '{trigger.Name}' is not of type {input.Name}");
        }

        var returns = method.ReturnType;
        if (returns != typeof(void) && returns != typeof(Task)
            && !(Source is HttpRoute && (returns == typeof(Task<IResult>) || returns.IsAssignableTo(typeof(IResult)))))
        {
            throw new InvalidOperationException($"it returns {returns}; only void, Task and, for HTTP, (Task of) IResult do");
        }

        _method = method;
        _create = ActivatorUtilities.CreateFactory(type, []);
        _arguments = [.. parameters.Select(p => p == trigger ? i => i.Input : Argument(p))];
        Name = name;
        EntryPoint = $"{type.FullName}.{method.Name}";
        PathToAssembly = type.Assembly.Location;
        Parameters = [.. parameters.Select(p => new FunctionParameter(p.Name!, p.ParameterType))];
        InputBindings = ImmutableDictionary<string, BindingMetadata>.Empty.Add(trigger.Name!, new TriggerBinding(trigger.Name!, kind));
    }

    /// <summary>An <see cref="HttpRoute"/>, a <see cref="QueueSource"/> or a <see cref="TimerSchedule"/>.</summary>
    public object Source { get; }

    public override string Name { get; }

    public override string Id => EntryPoint;

    public override string EntryPoint { get; }

    public override string PathToAssembly { get; }

    public override ImmutableArray<FunctionParameter> Parameters { get; }

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    /// <returns>The function's result; null when it has none.</returns>
    public async Task<object?> CallAsync(Invocation invocation)
    {
        var instance = _create(invocation.InstanceServices, []);
        var arguments = Array.ConvertAll(_arguments, argument => argument(invocation));
        switch (_method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null))
        {
            case Task<IResult> result:
                return await result;
            case Task done:
                await done;
                return null;
            case var result:
                return result;
        }
    }

    private Func<Invocation, object?> Argument(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(FunctionContext))
        {
            return invocation => invocation;
        }

        if (type == typeof(CancellationToken))
        {
            return invocation => invocation.CancellationToken;
        }

        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if ((Source as HttpRoute)?.Pattern.GetParameter(parameter.Name!) is null
            || (plain != typeof(string) && plain != typeof(int) && plain != typeof(long) && plain != typeof(Guid)))
        {
            throw new InvalidOperationException($"nothing can be bound to its parameter '{parameter.Name}' of type {type.Name}");
        }

        var converter = TypeDescriptor.GetConverter(type);
        return invocation => invocation.BindingContext.BindingData.GetValueOrDefault(parameter.Name!) is string text
            ? converter.ConvertFromInvariantString(text) : null;
    }
}
