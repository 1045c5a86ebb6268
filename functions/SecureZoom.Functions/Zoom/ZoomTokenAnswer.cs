namespace SecureZoom.Functions.Zoom;

/// <summary>The token endpoint's answer.</summary>
internal sealed record ZoomTokenAnswer(string? AccessToken, int ExpiresIn, string? Scope)
{
    public override string ToString() => nameof(ZoomTokenAnswer);
}
