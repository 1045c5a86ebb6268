namespace SecureZoom.Functions.Settings;

/// <summary>The settings do not allow a start.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception($"The settings are not usable: {string.Join("; ", problems)}.")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
