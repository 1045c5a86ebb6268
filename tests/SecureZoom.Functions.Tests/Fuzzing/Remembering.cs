using System.Reflection;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>Any interface whose properties keep what they are given.</summary>
public class Remembering : DispatchProxy
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public static object Of(Type type) => Create(type, typeof(Remembering));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var property = targetMethod!.Name[4..];
        return args is [var value] ? _values[property] = value : _values.GetValueOrDefault(property);
    }
}
