namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>Why a webhook is refused; both are a 401, which Zoom does not repeat.</summary>
public enum WebhookError
{
    /// <summary>Signed with none of our secrets, or for one of our accounts that the secret is not for.</summary>
    InvalidSignature,

    /// <summary>Signed by Zoom, but too long ago, or ahead of time.</summary>
    StaleTimestamp,
}

/// <summary>The webhook is not taken.</summary>
public sealed class WebhookException(WebhookError error) : Exception(error.ToString())
{
    public WebhookError Error { get; } = error;
}
