namespace SecureZoom.Functions.Zoom;

/// <summary>What the secrets of a Zoom account are called: as they are here for the settings' own, and behind a prefix for a customer's.</summary>
internal static class ZoomSecrets
{
    public const string Client = "zoom-client-secret";
    public const string SdkClient = "zoom-sdk-client-secret";
    public const string Webhook = "zoom-webhook-secret";
}
