namespace SecureZoom.Functions.Zoom;

/// <summary>The body of Zoom's API errors, as far as we look at it: never its messages.</summary>
internal sealed record ZoomErrorResponse(int Code, IReadOnlyList<ZoomErrorField>? Errors);

/// <summary>A member that Zoom refuses.</summary>
internal sealed record ZoomErrorField(string? Field);
