using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace SecureZoom.Infra.Tests;

/// <summary>Settings that write down which of them are asked for, there or not.</summary>
internal sealed class RecordingSettings(IReadOnlyDictionary<string, string> settings) : IConfigurationSource, IConfigurationProvider
{
    private readonly Dictionary<string, string> _settings = new(settings, StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that were asked for, with colons.</summary>
    internal HashSet<string> Read { get; } = [];

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public bool TryGet(string key, out string? value)
    {
        Read.Add(key);
        return _settings.TryGetValue(key, out value);
    }

    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        var prefix = parentPath is null ? "" : $"{parentPath}{ConfigurationPath.KeyDelimiter}";
        return _settings.Keys
            .Where(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(name => name[prefix.Length..].Split(ConfigurationPath.KeyDelimiter)[0])
            .Concat(earlierKeys)
            .Order(ConfigurationKeyComparer.Instance);
    }

    public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

    public void Load()
    {
    }

    public void Set(string key, string? value) => throw new NotSupportedException();
}
