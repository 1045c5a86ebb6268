namespace SecureZoom.LocalHost.Functions;

/// <summary>A function as the worker declares it, with the binding that triggers it.</summary>
/// <param name="Name">The name, the same in every worker of one app.</param>
/// <param name="Trigger">The trigger's binding: <c>type</c>, <c>name</c> (the parameter's) and what belongs to the type.</param>
internal sealed partial record Function(string Name, JsonElement Trigger)
{
    public const string Http = "httpTrigger";
    public const string Queue = "queueTrigger";
    public const string Timer = "timerTrigger";

    public string Type => Text("type")!;

    /// <summary>The parameter that gets what triggered the function.</summary>
    public string Parameter => Text("name")!;

    /// <exception cref="HostException">It has a trigger that this host does not know.</exception>
    public static Function Of(RpcFunctionMetadata metadata)
    {
        var bindings = metadata.RawBindings.Select(binding => JsonSerializer.Deserialize<JsonElement>(binding));
        var triggers = bindings.Where(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase)).ToList();
        return triggers is [var trigger] && new Function(metadata.Name, trigger) is { Type: Http or Queue or Timer } function
            ? function
            : throw new HostException($"Function '{metadata.Name}' has not exactly one trigger of HTTP, a queue or a timer, which is all that this host runs.");
    }

    /// <summary>A member of the trigger's binding; null when it is not there.</summary>
    public string? Text(string member) => Find(member) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public bool Flag(string member) => Find(member)?.ValueKind == JsonValueKind.True;

    public string[] List(string member) =>
        Find(member) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [];

    /// <summary>A member with settings in the place of <c>%NAME%</c>.</summary>
    /// <exception cref="HostException">A setting is not there.</exception>
    public string Resolve(string member, IConfiguration values) => Placeholder().Replace(Text(member) ?? "", match =>
        values[match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)]
        ?? throw new HostException($"Function '{Name}' needs the setting '{match.Groups[1].Value}'."));

    private JsonElement? Find(string member) => Trigger.TryGetProperty(member, out var value) ? value : null;

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
