namespace SecureZoom.LocalHost.Hosting;

/// <summary>Finds the functions, and refuses those that the real host would not run or this one cannot.</summary>
internal sealed class FunctionCatalog(string? routePrefix, IConfiguration configuration)
{
    private static readonly Type[] _routeValueTypes = [typeof(string), typeof(int), typeof(long), typeof(Guid)];

    /// <summary>The types of the entry assembly and of those it references, if these reference this one.</summary>
    public static IEnumerable<Type> ReferencedTypes()
    {
        var self = typeof(FunctionCatalog).Assembly.GetName().Name;
        var entry = Assembly.GetEntryAssembly()!;
        return entry.GetReferencedAssemblies().Select(Assembly.Load).Prepend(entry)
            .Where(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == self))
            .SelectMany(assembly => assembly.GetTypes());
    }

    /// <exception cref="InvalidOperationException">Says of every refused function why, one a line.</exception>
    public List<HostedFunction> Find(IEnumerable<Type> types)
    {
        var (functions, problems) = (new List<HostedFunction>(), new List<string>());
        foreach (var method in types.SelectMany(type => type.GetTypeInfo().DeclaredMethods)
            .Where(method => method.IsDefined(typeof(FunctionAttribute))))
        {
            var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
            try
            {
                functions.Add(Check(name, method));
            }
            catch (Exception e)
            {
                problems.Add($"Function '{name}' ({method.DeclaringType}.{method.Name}): {e.Message}");
            }
        }

        problems.AddRange(functions.GroupBy(f => f.Name, f => f.EntryPoint, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .Select(same => $"Function '{same.Key}' is declared by {string.Join(" and ", same)}"));
        return problems is [] ? functions : throw new InvalidOperationException(string.Join('\n', problems));
    }

    private HostedFunction Check(string name, MethodInfo method)
    {
        Require(method is { IsPublic: true, DeclaringType: { IsPublic: true, IsNested: false } },
            "a function is a public method of a top-level public class");
        var (parameters, returned) = (method.GetParameters(), method.ReturnType);
        var triggers = parameters.Where(p => p.IsDefined(typeof(TriggerBindingAttribute))).ToArray();
        Require(triggers.Length == 1, $"it has {triggers.Length} triggers instead of one");
        var trigger = triggers[0];
        (object source, var kind, var input) = trigger.GetCustomAttribute<TriggerBindingAttribute>() switch
        {
            HttpTriggerAttribute when routePrefix is null => throw new InvalidOperationException(
                "HTTP needs builder.ConfigureFunctionsWebApplication()"),
            HttpTriggerAttribute http => (HttpRoute.From(http, name, routePrefix), "httpTrigger", typeof(HttpRequest)),
            QueueTriggerAttribute queue => (QueueSource.From(
                Resolve(queue.QueueName), configuration.GetSection(queue.Connection ?? "AzureWebJobsStorage")),
                "queueTrigger", typeof(string)),
            TimerTriggerAttribute timer => ((object)new TimerListener.Schedule(
                CronExpression.Parse(Resolve(timer.Schedule), CronFormat.IncludeSeconds), timer.RunOnStartup),
                "timerTrigger", typeof(TimerInfo)),
            var other => throw new InvalidOperationException($"its trigger {other} is not supported"),
        };
        Require(trigger.ParameterType == input, $"its parameter '{trigger.Name}' is not of type {input.Name}");
        Require(returned == typeof(void) || returned == typeof(Task)
            || (source is HttpRoute && (returned == typeof(Task<IResult>) || returned.IsAssignableTo(typeof(IResult)))),
            $"it returns {returned} instead of void, Task or, to a request, IResult or Task<IResult>");
        var arguments = parameters.Select(p => p == trigger ? run => run.Input : Argument(p, source));
        return new(name, method, new Trigger(trigger.Name!, kind), source, [.. arguments]);
    }

    private static Func<Invocation, object?> Argument(ParameterInfo parameter, object source)
    {
        var (name, type) = (parameter.Name!, parameter.ParameterType);
        var isRouteValue = source is HttpRoute route && route.Pattern.GetParameter(name) is not null
            && _routeValueTypes.Contains(Nullable.GetUnderlyingType(type) ?? type);
        return type == typeof(FunctionContext) ? run => run
            : type == typeof(CancellationToken) ? run => run.CancellationToken
            : isRouteValue ? run => RouteValue(run.BindingContext.BindingData.GetValueOrDefault(name), type)
            : throw new InvalidOperationException($"nothing binds to its parameter '{name}' of type {type.Name}");
    }

    private static object? RouteValue(object? value, Type type) =>
        value is string text ? TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) : null;

    /// <summary>Puts settings in the place of <c>%NAME%</c>.</summary>
    private string Resolve(string text) => Regex.Replace(text, "%([^%]+)%", match =>
        configuration[match.Groups[1].Value.Replace("__", ":")]
        ?? throw new InvalidOperationException($"the setting '{match.Groups[1].Value}' is not there"));

    private static void Require(bool condition, string otherwise) =>
        _ = condition ? true : throw new InvalidOperationException(otherwise);

    private sealed class Trigger(string name, string type) : BindingMetadata
    {
        public override string Name => name;
        public override string Type => type;
    }
}
