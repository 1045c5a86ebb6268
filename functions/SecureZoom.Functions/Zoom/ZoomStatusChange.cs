namespace SecureZoom.Functions.Zoom;

/// <summary>The body of <c>PUT /meetings/{id}/status</c>.</summary>
internal sealed record ZoomStatusChange(string Action);
