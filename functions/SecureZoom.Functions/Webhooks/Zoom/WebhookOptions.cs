using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>How old, or how far ahead, a webhook's timestamp may be: <c>Webhook:*</c>.</summary>
/// <param name="ToleranceBack">Zoom's last retry comes after more than an hour, perhaps with the first timestamp.</param>
public sealed record WebhookOptions(TimeSpan ToleranceBack, TimeSpan ToleranceAhead)
{
    internal static WebhookOptions Read(SettingsReader settings) => new(
        settings.Duration("Webhook:ToleranceBack", TimeSpan.FromMinutes(90)),
        settings.Duration("Webhook:ToleranceAhead", TimeSpan.FromMinutes(5)));
}
