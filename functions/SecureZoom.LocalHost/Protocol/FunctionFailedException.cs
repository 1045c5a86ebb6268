namespace SecureZoom.LocalHost.Protocol;

/// <summary>The function has thrown; the worker has logged what.</summary>
internal sealed class FunctionFailedException(string function) : Exception($"Function {function} failed.");
