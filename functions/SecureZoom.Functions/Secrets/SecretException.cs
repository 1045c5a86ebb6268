namespace SecureZoom.Functions.Secrets;

/// <summary>A secret is not available: Key Vault is down and nothing recent enough is at hand, or there is no usable version.</summary>
internal sealed class SecretException(string name) : Exception($"The secret {name} is not available.");
