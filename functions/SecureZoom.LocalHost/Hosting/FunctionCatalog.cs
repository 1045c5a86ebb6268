using System.Reflection;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace SecureZoom.LocalHost.Hosting;

/// <summary>Finds the functions and refuses what the real host would.</summary>
internal static class FunctionCatalog
{
    private const BindingFlags AllMethods = BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The types of the entry assembly and of those that it references, where they know this assembly.</summary>
    public static IEnumerable<Type> ReferencedTypes()
    {
        var self = typeof(FunctionCatalog).Assembly.GetName().Name;
        return Assembly.GetEntryAssembly() is not { } entry ? [] : entry.GetReferencedAssemblies().Select(Assembly.Load).Prepend(entry)
            .Where(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == self))
            .SelectMany(assembly => assembly.GetTypes());
    }

    /// <exception cref="InvalidOperationException">Names every function that cannot run, and why.</exception>
    public static IReadOnlyList<HostedFunction> Find(IEnumerable<Type> types, HostFile host, IConfiguration configuration)
    {
        var functions = new List<HostedFunction>();
        var problems = new List<string>();
        foreach (var method in types.SelectMany(type => type.GetMethods(AllMethods)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { Name: var name })
            {
                continue;
            }

            try
            {
                functions.Add(new(name, method, host, configuration));
            }
            catch (Exception e) when (e is InvalidOperationException or FormatException or RoutePatternException)
            {
                problems.Add($"Function '{name}' ({method.DeclaringType}.{method.Name}): {e.Message}.");
            }
        }

        problems.AddRange(functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"Function '{group.Key}' exists {group.Count()} times: {string.Join(", ", group.Select(f => f.EntryPoint))}."));
        return problems.Count == 0 ? functions : throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
    }
}
