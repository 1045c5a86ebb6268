namespace SecureZoom.Functions.Zoom;

/// <summary>The body of Zoom's API errors, as far as we look at it.</summary>
/// <param name="Message">Which limit it names; it is read for nothing else, and shown to nobody.</param>
internal sealed record ZoomErrorResponse(int Code, string? Message, IReadOnlyList<ZoomErrorField>? Errors)
{
    public ZoomLimit Limit =>
        Says("daily") ? ZoomLimit.Daily
        : Says("per-second") || Says("per second") ? ZoomLimit.PerSecond
        : ZoomLimit.Unknown;

    public override string ToString() => nameof(ZoomErrorResponse);

    private bool Says(string words) => Message?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>A member that Zoom refuses.</summary>
internal sealed record ZoomErrorField(string? Field);
