using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.Functions.Authorization;

/// <summary>What each function declared, by its entry point (<c>Namespace.Type.Method</c>).</summary>
internal sealed class AccessRules
{
    private readonly FrozenDictionary<string, AccessAttribute> _rules;

    /// <exception cref="InvalidOperationException">An HTTP function does not declare, once, who may call it.</exception>
    public AccessRules(IEnumerable<Type> types)
    {
        var methods = types.SelectMany(type => type.GetMethods()).Where(IsHttpFunction).ToList();
        var undeclared = methods.Where(method => method.GetCustomAttributes<AccessAttribute>().Count() != 1).ToList();
        if (undeclared.Count > 0)
        {
            throw new InvalidOperationException(
                $"Declare who may call {string.Join(", ", undeclared.Select(EntryPoint))}: one of [Requires], [SignedIn] and [Public].");
        }

        _rules = methods.ToFrozenDictionary(EntryPoint, method => method.GetCustomAttribute<AccessAttribute>()!, StringComparer.Ordinal);
    }

    /// <exception cref="InvalidOperationException">The function is not one of those that were checked: it stays closed.</exception>
    public AccessAttribute For(FunctionDefinition function) => _rules.TryGetValue(function.EntryPoint, out var rule)
        ? rule
        : throw new InvalidOperationException($"Nothing is declared for {function.EntryPoint}.");

    private static bool IsHttpFunction(MethodInfo method) =>
        method.GetCustomAttribute<FunctionAttribute>() is not null
        && method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null);

    private static string EntryPoint(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
