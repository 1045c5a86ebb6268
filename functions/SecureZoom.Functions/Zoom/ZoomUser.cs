namespace SecureZoom.Functions.Zoom;

/// <summary>A user of the account, as Zoom answers it; of all members the address alone.</summary>
internal sealed record ZoomUser(string? Email)
{
    public override string ToString() => nameof(ZoomUser);
}
