namespace SecureZoom.Functions.Access;

/// <summary>The organisation's trail knows nobody of that address, so nobody can say whose tokens are meant.</summary>
internal sealed class PersonNotFoundException() : Exception("No such person.");
