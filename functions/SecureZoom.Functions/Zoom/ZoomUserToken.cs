namespace SecureZoom.Functions.Zoom;

/// <summary>A user's ZAK, as Zoom answers it.</summary>
internal sealed record ZoomUserToken(string? Token)
{
    public override string ToString() => nameof(ZoomUserToken);
}
