namespace SecureZoom.LocalHost;

/// <summary>The app cannot be hosted; the message says why, to whoever started the host.</summary>
internal sealed class HostException(string message) : Exception(message);
