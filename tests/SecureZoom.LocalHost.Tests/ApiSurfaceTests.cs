using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Tests;

/// <summary>Whatever the app can call here, it can call in Azure.</summary>
public sealed class ApiSurfaceTests
{
    private const BindingFlags PublicMembers =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] _shortNamespaces = ["System", "System.Threading.Tasks", "System.Collections.Generic"];

    [Fact]
    public void Every_public_type_and_member_is_the_workers()
    {
        var worker = WorkerApi();
        var ours = typeof(FunctionContext).Assembly.GetExportedTypes();

        Assert.NotEmpty(ours);
        Assert.Equal(ours.Length, worker.Count);
        foreach (var type in ours)
        {
            Assert.True(worker.TryGetValue(Declaration(type), out var members), $"The worker has no '{Declaration(type)}'.");
            Assert.All(Members(type), member => Assert.Contains(member, members));
        }
    }

    /// <returns>The members of each type of WorkerApi.txt, by the type's own line.</returns>
    private static Dictionary<string, List<string>> WorkerApi()
    {
        using var reader = new StreamReader(typeof(ApiSurfaceTests).Assembly.GetManifestResourceStream("WorkerApi.txt")!);
        var types = new Dictionary<string, List<string>>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(' '))
            {
                types.Last().Value.Add(line.Trim());
            }
            else
            {
                types.Add(line, []);
            }
        }

        return types;
    }

    private static string Declaration(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        var bases = type.BaseType is { } parent && kind.EndsWith("class", StringComparison.Ordinal) && parent != typeof(object)
            ? $" : {Name(parent)}" : "";
        // Enumerations and delegates implement what every one of them does.
        string[] interfaces = kind is "enum" or "delegate" ? [] : [.. type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Select(Name)];
        var implemented = kind switch
        {
            "enum" => " implements IComparable, ISpanFormattable, IFormattable, IConvertible",
            "delegate" => " implements ICloneable, System.Runtime.Serialization.ISerializable",
            _ => interfaces.Length == 0 ? "" : $" implements {string.Join(", ", interfaces)}",
        };
        return $"{kind} {type.FullName}{bases}{implemented}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {(int)Enum.Parse(type, name)}");
        }

        if (type.IsSubclassOf(typeof(Delegate)))
        {
            return [Method(type.GetMethod("Invoke")!).Replace("virtual ", "", StringComparison.Ordinal)];
        }

        var constructors = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(constructor => constructor.IsPublic || constructor.IsFamily).Where(_ => !IsContract(type))
            .Select(constructor => $"ctor({Parameters(constructor)})");
        var properties = type.GetProperties(PublicMembers).Select(Property);
        var methods = type.GetMethods(PublicMembers).Where(method => !method.IsSpecialName).Select(Method);
        var rest = type.GetFields(PublicMembers).Select(field => field.Name)
            .Concat(type.GetEvents(PublicMembers).Select(e => e.Name)).Concat(type.GetNestedTypes().Select(t => t.Name));
        return [.. constructors, .. properties, .. methods, .. rest];
    }

    /// <summary>The list leaves out the constructors that abstract classes have for their heirs, but for attributes.</summary>
    private static bool IsContract(Type type) => type.IsAbstract && !type.IsSubclassOf(typeof(Attribute));

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetMethod!;
        var setter = property.SetMethod is { IsPublic: true } ? " set;" : "";
        return $"{Modifiers(accessor)}{Name(property.PropertyType)} {property.Name} {{ get;{setter} }}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return $"{Modifiers(method)}{Name(method.ReturnType)} {method.Name}{generic}({extension}{Parameters(method)})";
    }

    private static string Modifiers(MethodInfo method) =>
        method.DeclaringType!.IsInterface ? ""
        : method.IsStatic ? "static "
        : method.IsAbstract ? "abstract "
        : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
        + $"{Name(parameter.ParameterType)} {parameter.Name}"
        + (parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[]";
        }

        var name = _shortNamespaces.Contains(type.Namespace) ? type.Name : $"{type.Namespace}.{type.Name}";
        return type.IsGenericType
            ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }
}
