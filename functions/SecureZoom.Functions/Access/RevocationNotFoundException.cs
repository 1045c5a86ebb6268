namespace SecureZoom.Functions.Access;

/// <summary>The organisation has ended nothing of that id, or it is lifted.</summary>
internal sealed class RevocationNotFoundException() : Exception("No such revocation.");
