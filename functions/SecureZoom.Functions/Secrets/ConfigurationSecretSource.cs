using Microsoft.Extensions.Configuration;

namespace SecureZoom.Functions.Secrets;

/// <summary>
/// Secrets from configuration, under <c>Secrets:&lt;name&gt;</c>; several versions as <c>Secrets:&lt;name&gt;:0</c> (the newest), <c>:1</c>, ...
/// </summary>
internal sealed class ConfigurationSecretSource(IConfiguration configuration) : ISecretSource
{
    public Task<IReadOnlyList<SecretVersion>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var section = configuration.GetSection($"Secrets:{name}");
        var values = section.GetChildren().Select(child => child.Value).Prepend(section.Value);
        return Task.FromResult<IReadOnlyList<SecretVersion>>(
            [.. values.Where(value => !string.IsNullOrEmpty(value)).Select(value => new SecretVersion(value!))]);
    }
}
