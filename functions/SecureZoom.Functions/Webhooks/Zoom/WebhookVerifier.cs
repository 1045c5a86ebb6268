using Microsoft.Extensions.Primitives;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>Tells for which of our Zoom accounts a webhook is genuine and fresh. Nothing of it is parsed before.</summary>
public sealed class WebhookVerifier(WebhookOptions options, ZoomAccounts zoom, SecretStore secrets, TimeProvider time)
{
    /// <summary>The accounts whose secret signed the body, never none, and that secret.</summary>
    /// <exception cref="WebhookException">Not signed by Zoom, or too old.</exception>
    /// <exception cref="SecretException">None that can be had signed it, and one cannot be had, or there is none at all.</exception>
    public async Task<WebhookProof> VerifyAsync(
        StringValues signature, StringValues timestamp, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // Each header once: of two signatures, or two times, nobody could say which one is meant.
        if (signature is not [{ } signatureText] || timestamp is not [{ } timestampText])
        {
            throw new WebhookException(WebhookError.InvalidSignature);
        }

        var groups = zoom.All.GroupBy(account => account.WebhookSecretName, StringComparer.Ordinal).ToList();
        // At once: an instance that starts has none of them at hand, and Zoom waits for three seconds.
        var known = await Task.WhenAll(groups.Select(accounts => ReadAsync(accounts.Key, cancellationToken)));
        foreach (var (accounts, versions) in groups.Zip(known))
        {
            if (versions?.FirstOrDefault(secret => WebhookSignature.Verify(secret.Value, timestampText, body.Span, signatureText)) is { } fitting)
            {
                CheckFresh(timestampText);
                return new WebhookProof([.. accounts.Select(account => account.AccountId)], fitting)
                {
                    OtherAccountIds = [.. groups.Where(others => others.Key != accounts.Key).SelectMany(others => others).Select(account => account.AccountId)],
                };
            }
        }

        // It may be the one that cannot be had: Zoom sends it again. One that does not exist has signed nothing, unless none does: then ours is not set.
        throw known.Contains(null) || known.All(versions => versions is []) ? new SecretException("of a Zoom account's webhooks") : new WebhookException(WebhookError.InvalidSignature);
    }

    /// <summary>An account's secret, in every version; none where it does not exist, null where it cannot be had: neither is the other accounts' trouble.</summary>
    private async Task<IReadOnlyList<SecretVersion>?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await secrets.FindAsync(name, cancellationToken);
        }
        catch (SecretException)
        {
            return null;
        }
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
