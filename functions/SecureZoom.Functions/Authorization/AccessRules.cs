using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.Functions.Authorization;

/// <summary>What each function declared, by its entry point (<c>Namespace.Type.Method</c>).</summary>
internal sealed class AccessRules
{
    private readonly FrozenDictionary<string, AccessRule> _rules;

    /// <exception cref="InvalidOperationException">
    /// An HTTP function does not declare, once, who may call it; or not how often, though it knows its callers.
    /// </exception>
    public AccessRules(IEnumerable<Type> types)
    {
        var methods = types.SelectMany(type => type.GetMethods()).Where(IsHttpFunction).ToList();
        Check(
            methods.Where(method => method.GetCustomAttributes<AccessAttribute>().Count() != 1),
            functions => $"Declare who may call {functions}: one of [Requires], [SignedIn] and [Public].");
        Check(
            methods.Where(method => method.IsDefined(typeof(PublicAttribute)) == method.IsDefined(typeof(LimitAttribute))),
            functions => $"Declare how often {functions} may be called: [Limit], except with [Public], which knows nobody to count.");
        _rules = methods.ToFrozenDictionary(
            EntryPoint,
            method => new AccessRule(method.GetCustomAttribute<AccessAttribute>()!, method.GetCustomAttribute<LimitAttribute>()),
            StringComparer.Ordinal);
    }

    /// <exception cref="InvalidOperationException">The function is not one of those that were checked: it stays closed.</exception>
    public AccessRule For(FunctionDefinition function) => _rules.TryGetValue(function.EntryPoint, out var rule)
        ? rule
        : throw new InvalidOperationException($"Nothing is declared for {function.EntryPoint}.");

    private static void Check(IEnumerable<MethodInfo> wrong, Func<string, string> advise)
    {
        if (string.Join(", ", wrong.Select(EntryPoint)) is { Length: > 0 } functions)
        {
            throw new InvalidOperationException(advise(functions));
        }
    }

    private static bool IsHttpFunction(MethodInfo method) =>
        method.GetCustomAttribute<FunctionAttribute>() is not null
        && method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null);

    private static string EntryPoint(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
