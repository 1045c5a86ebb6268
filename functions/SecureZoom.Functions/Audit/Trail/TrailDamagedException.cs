namespace SecureZoom.Functions.Audit.Trail;

/// <summary>The stored trail is not what we left, so nothing is built on it.</summary>
public sealed class TrailDamagedException(string message) : Exception(message);
