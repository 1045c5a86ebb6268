namespace SecureZoom.Sandbox.Zoom;

/// <summary>What is wrong with one field of a body.</summary>
internal sealed record FieldError(string Field, string Message);
