using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>Reads the System Logs every minute; hooks act at once, so it may be late.</summary>
public sealed class OktaSystemLogFunction(OktaSystemLog log)
{
    [Function("okta-system-log")]
    public Task Read([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => log.ReadAsync(cancellationToken);
}
