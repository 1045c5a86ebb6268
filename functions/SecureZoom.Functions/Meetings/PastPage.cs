namespace SecureZoom.Functions.Meetings;

/// <summary>A page of what Zoom keeps of a meeting's instances.</summary>
/// <param name="Next">Where the next page begins; null when none follows.</param>
public sealed record PastPage<T>(IReadOnlyList<T> Items, string? Next);
