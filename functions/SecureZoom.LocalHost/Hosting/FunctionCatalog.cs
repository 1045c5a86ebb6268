namespace SecureZoom.LocalHost.Hosting;

/// <summary>Finds the functions, and refuses to start with some that the real host would not run, or this one cannot.</summary>
internal sealed class FunctionCatalog(string routePrefix, IConfiguration configuration)
{
    private const BindingFlags AllDeclared = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly Type[] _routeValueTypes = [typeof(string), typeof(int), typeof(long), typeof(Guid)];

    /// <summary>The types of the entry assembly and of those it references, as far as these reference this one.</summary>
    public static IEnumerable<Type> ReferencedTypes()
    {
        var self = typeof(FunctionCatalog).Assembly.GetName().Name;
        var entry = Assembly.GetEntryAssembly()!;
        return entry.GetReferencedAssemblies().Select(Assembly.Load).Prepend(entry)
            .Where(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == self))
            .SelectMany(assembly => assembly.GetTypes());
    }

    /// <exception cref="InvalidOperationException">Says of every function that cannot run why, one a line.</exception>
    public List<HostedFunction> Find(IEnumerable<Type> types)
    {
        var (functions, problems) = (new List<HostedFunction>(), new List<string>());
        foreach (var method in types.SelectMany(type => type.GetMethods(AllDeclared)).Where(m => m.IsDefined(typeof(FunctionAttribute))))
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
            .Where(same => same.Count() > 1).Select(same => $"Function '{same.Key}' is declared by {string.Join(" and ", same)}"));
        return problems.Count == 0 ? functions : throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
    }

    private HostedFunction Check(string name, MethodInfo method)
    {
        Require(method is { IsPublic: true, DeclaringType: { IsPublic: true, IsNested: false } },
            "a function is a public method of a top-level public class");
        var (parameters, returned) = (method.GetParameters(), method.ReturnType);
        var triggers = parameters.Where(parameter => parameter.IsDefined(typeof(TriggerBindingAttribute))).ToArray();
        Require(triggers.Length == 1, $"it has {triggers.Length} triggers instead of one");
        var trigger = triggers[0];
        (object source, var kind, var input) = trigger.GetCustomAttribute<TriggerBindingAttribute>() switch
        {
            HttpTriggerAttribute http => (HttpRoute.From(http, name, routePrefix), "httpTrigger", typeof(HttpRequest)),
            QueueTriggerAttribute queue => (QueueSource.From(Resolve(queue.QueueName),
                configuration.GetSection(queue.Connection ?? "AzureWebJobsStorage")), "queueTrigger", typeof(string)),
            TimerTriggerAttribute timer => ((object)new TimerSchedule(CronExpression.Parse(Resolve(timer.Schedule),
                CronFormat.IncludeSeconds), timer.RunOnStartup), "timerTrigger", typeof(TimerInfo)),
            var other => throw new InvalidOperationException($"its trigger {other} is not supported"),
        };
        Require(trigger.ParameterType == input, $"its trigger's parameter '{trigger.Name}' is not of type {input.Name}");
        Require(returned == typeof(void) || returned == typeof(Task)
            || (source is HttpRoute && (returned == typeof(Task<IResult>) || returned.IsAssignableTo(typeof(IResult)))),
            $"it returns {returned} instead of void, Task or, to a request, IResult or Task<IResult>");
        var arguments = parameters.Select(parameter => parameter == trigger ? run => run.Input : Argument(parameter, source));
        return new(name, method, new TriggerMetadata(trigger.Name!, kind), source, [.. arguments]);
    }

    private static Func<Invocation, object?> Argument(ParameterInfo parameter, object source)
    {
        var (name, type) = (parameter.Name!, parameter.ParameterType);
        var inRoute = source is HttpRoute route && route.Pattern.GetParameter(name) is not null;
        return type == typeof(FunctionContext) ? run => run
            : type == typeof(CancellationToken) ? run => run.CancellationToken
            : inRoute && _routeValueTypes.Contains(Nullable.GetUnderlyingType(type) ?? type) ? run => RouteValue(run, name, type)
            : throw new InvalidOperationException($"nothing can be bound to its parameter '{name}' of type {type.Name}");
    }

    private static object? RouteValue(Invocation run, string name, Type type) =>
        run.BindingContext.BindingData.GetValueOrDefault(name) is string text
            ? TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) : null;

    /// <summary>Puts settings in the place of <c>%NAME%</c>.</summary>
    private string Resolve(string text) => Regex.Replace(text, "%([^%]+)%", match =>
        configuration[match.Groups[1].Value.Replace("__", ":")]
        ?? throw new InvalidOperationException($"the setting '{match.Groups[1].Value}' is not there"));

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
