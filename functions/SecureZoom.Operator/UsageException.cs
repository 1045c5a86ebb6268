namespace SecureZoom.Operator;

/// <summary>The command was called in a way that it does not know; the message says how to.</summary>
internal sealed class UsageException(string message) : Exception(message);
