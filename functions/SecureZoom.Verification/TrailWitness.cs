namespace SecureZoom.Verification;

/// <summary>That a witness has seen a trail grow to here, and nothing else in its place.</summary>
/// <param name="Name">The witness's, as its key says.</param>
/// <param name="Size">How many records.</param>
/// <param name="Time">When, by the witness's own clock.</param>
public sealed record TrailWitness(string Name, long Size, DateTimeOffset Time);
