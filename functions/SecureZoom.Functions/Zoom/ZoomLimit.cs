namespace SecureZoom.Functions.Zoom;

/// <summary>Which of Zoom's limits is reached.</summary>
internal enum ZoomLimit
{
    Unknown,
    PerSecond,
    Daily,
}
