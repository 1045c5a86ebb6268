using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Webhooks;

namespace SecureZoom.Functions.Webhooks.Zoom;

/// <summary>A genuine webhook, read.</summary>
internal sealed class Webhook : IDisposable
{
    private const int MaxDepth = 32;
    private const int MaxPlainToken = 128;

    /// <summary>How far Zoom's clock may be ahead of ours.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>Zoom was founded in 2011.</summary>
    private static readonly DateTimeOffset Earliest = new(2011, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly JsonDocument _document;
    private readonly ReadOnlyMemory<byte> _body;

    private Webhook(JsonDocument document, ReadOnlyMemory<byte> body, string name)
    {
        _document = document;
        _body = body;
        Name = name;
    }

    /// <summary>Zoom's name of the event, such as <c>meeting.started</c>.</summary>
    public string Name { get; }

    /// <summary>The plain token of a URL validation; null for all other events.</summary>
    /// <exception cref="RequestException">The token could be a message to sign, so it is not answered.</exception>
    public string? Challenge
    {
        get
        {
            if (Name != "endpoint.url_validation")
            {
                return null;
            }

            // A signed message begins with "v0:", which these characters cannot spell.
            var token = LenientJson.Text(Payload, "plainToken");
            return token is { Length: > 0 and <= MaxPlainToken } && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
                ? token
                : throw new RequestException(RequestError.Invalid, "plainToken has letters, digits, - and _; 128 at most.");
        }
    }

    private JsonElement Payload => LenientJson.Member(_document.RootElement, "payload");

    /// <exception cref="RequestException">Not a JSON object that names an event.</exception>
    public static Webhook Parse(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            throw new RequestException(RequestError.Invalid, $"The body is not JSON, or nested more than {MaxDepth} deep.");
        }

        if (LenientJson.Text(document.RootElement, "event") is { Length: > 0 and <= 128 } name)
        {
            return new Webhook(document, body, name);
        }

        document.Dispose();
        throw new RequestException(RequestError.Invalid, "The body names no event.");
    }

    /// <summary>The event for the trail, without anything that the trail must not hold.</summary>
    /// <exception cref="WebhookException">The account is not one whose secret signed it.</exception>
    public AuditEvent ToEvent(WebhookProof proof, DateTimeOffset now)
    {
        var accountId = LenientJson.Text(Payload, "account_id") ?? proof.AccountIds[0];
        if (!proof.AccountIds.Contains(accountId, StringComparer.Ordinal))
        {
            throw new WebhookException(WebhookError.InvalidSignature);
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(_body.Span));
        var meeting = LenientJson.Member(Payload, "object");
        var number = LenientJson.Text(meeting, "id");
        return new AuditEvent
        {
            Id = EventId(accountId, hash),
            OccurredAt = OccurredAt(now) ?? now,
            ReceivedAt = now,
            AccountId = accountId,
            Actor = ZoomEventActor.Of(Name, Payload),
            Action = Name,
            Target = new AuditTarget(Name.Split('.')[0], number, LenientJson.Text(meeting, "topic")),
            Meeting = number,
            Outcome = AuditOutcomes.Success,
            Source = AuditSources.Zoom,
            Details = ZoomEventRedaction.Of(Name, Payload),
            PayloadHash = hash,
        };
    }

    public void Dispose() => _document.Dispose();

    /// <summary>The same body is the same event, however often it is delivered.</summary>
    private static string EventId(string accountId, string hash) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId}\n{hash}")).AsSpan(0, 16));

    /// <summary>When it happened, as Zoom says; null for a time at which no event of Zoom's can have happened.</summary>
    private DateTimeOffset? OccurredAt(DateTimeOffset now) =>
        long.TryParse(LenientJson.Text(_document.RootElement, "event_ts"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds >= Earliest.ToUnixTimeMilliseconds()
        && milliseconds <= (now + Ahead).ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
