namespace SecureZoom.Functions.IdentityEvents;

/// <summary>Events by somebody who has none of our sources' secrets.</summary>
public sealed class UnknownSourceException() : Exception("No source has this secret.");
