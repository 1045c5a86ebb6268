namespace SecureZoom.Functions.Zoom.Events;

/// <summary>What happened, in words.</summary>
/// <param name="Active">Where Zoom says who did it.</param>
/// <param name="Passive">Where it does not.</param>
internal sealed record EventPhrase(string Active, string Passive);
