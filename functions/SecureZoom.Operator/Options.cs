using SecureZoom.Functions.Identity;

namespace SecureZoom.Operator;

/// <summary>What a command was called with: words, and options with a value or without.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly string _usage;

    /// <param name="flags">Options without a value.</param>
    public Options(string[] arguments, string usage, params string[] flags)
    {
        _usage = usage;
        for (var index = 0; index < arguments.Length; index++)
        {
            var argument = arguments[index];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                Words.Add(argument);
            }
            else if (flags.Contains(argument))
            {
                _values[argument] = "";
            }
            else
            {
                _values[argument] = index + 1 < arguments.Length ? arguments[++index] : throw new UsageException(usage);
            }
        }
    }

    public List<string> Words { get; } = [];

    public string Organization => Required("--organization") is var id && OrganizationId.IsValid(id) ? id : throw new UsageException(_usage);

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Value(string name) => _values.GetValueOrDefault(name);

    public string Required(string name) => Value(name)?.Trim() is { Length: > 0 } value ? value : throw new UsageException(_usage);

    /// <summary>Nothing else may be there.</summary>
    public void Allow(params string[] names)
    {
        if (_values.Keys.Any(name => !names.Contains(name)))
        {
            throw new UsageException(_usage);
        }
    }
}
