using Microsoft.Extensions.Primitives;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>Tells for which of our Zoom accounts a webhook is genuine and fresh. Nothing of it is parsed before.</summary>
public sealed class WebhookVerifier(WebhookOptions options, ZoomOptions zoom, SecretStore secrets, TimeProvider time)
{
    /// <summary>The accounts whose secret signed the body, never none, and that secret.</summary>
    /// <exception cref="WebhookException">Not signed by Zoom, or too old.</exception>
    /// <exception cref="SecretException">No webhook secret can be had.</exception>
    public async Task<WebhookProof> VerifyAsync(
        StringValues signature, StringValues timestamp, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // Each header once: of two signatures, or two times, nobody could say which one is meant.
        if (signature is not [{ } signatureText] || timestamp is not [{ } timestampText])
        {
            throw new WebhookException(WebhookError.InvalidSignature);
        }

        foreach (var accounts in zoom.Accounts.GroupBy(account => account.WebhookSecretName, StringComparer.Ordinal))
        {
            foreach (var secret in await secrets.AllAsync(accounts.Key, cancellationToken))
            {
                if (WebhookSignature.Verify(secret.Value, timestampText, body.Span, signatureText))
                {
                    CheckFresh(timestampText);
                    return new WebhookProof([.. accounts.Select(account => account.AccountId)], secret)
                    {
                        OtherAccountIds = [.. zoom.Accounts.Except(accounts).Select(account => account.AccountId)],
                    };
                }
            }
        }

        throw new WebhookException(WebhookError.InvalidSignature);
    }

    private void CheckFresh(string timestamp)
    {
        var now = time.GetUtcNow();
        if (WebhookSignature.Time(timestamp) is not { } sent || now - sent > options.ToleranceBack || sent - now > options.ToleranceAhead)
        {
            throw new WebhookException(WebhookError.StaleTimestamp);
        }
    }
}
