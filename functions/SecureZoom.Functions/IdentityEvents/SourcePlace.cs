namespace SecureZoom.Functions.IdentityEvents;

/// <summary>Up to where a source's log was read.</summary>
/// <param name="Cursor">The link to what follows; null where none is known.</param>
/// <param name="ReadTo">What was persisted there before that time was told; null where that is not known.</param>
/// <param name="NotBefore">When it may be asked again.</param>
internal readonly record struct SourcePlace(string? Cursor, DateTimeOffset? ReadTo, DateTimeOffset? NotBefore);
