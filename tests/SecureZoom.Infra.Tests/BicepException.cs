namespace SecureZoom.Infra.Tests;

/// <summary>Bicep refused a call, for example because a file does not compile.</summary>
internal sealed class BicepException(string message) : Exception(message);
