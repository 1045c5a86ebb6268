namespace SecureZoom.Functions.Zoom;

/// <summary>The token endpoint's answer.</summary>
internal sealed record ZoomTokenResponse(string? AccessToken, int ExpiresIn, string? Scope)
{
    public override string ToString() => nameof(ZoomTokenResponse);
}
