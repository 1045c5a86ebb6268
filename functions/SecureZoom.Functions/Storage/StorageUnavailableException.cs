namespace SecureZoom.Functions.Storage;

/// <summary>What is stored is not known well enough to go by: it was not read lately, or it is not what we wrote.</summary>
internal sealed class StorageUnavailableException(string message) : Exception(message);
