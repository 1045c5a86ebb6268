namespace SecureZoom.Operator;

/// <summary>The app's settings, of the sandbox or of a deployment.</summary>
/// <param name="Values">By name, with <c>:</c> between its parts.</param>
/// <param name="Api">Where the app is, as far as they say.</param>
internal sealed record ProductSettings(IReadOnlyDictionary<string, string?> Values, string? Api);
