using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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

    /// <summary>The passcode that a meeting has by it; null where it tells of none. The event for the trail does not have it.</summary>
    public string? Passcode => LenientJson.Text(LenientJson.Member(Payload, "object"), "password");

    /// <summary>As Zoom tells it, whatever it is.</summary>
    private string? EventTime => LenientJson.Text(_document.RootElement, "event_ts");

    private JsonElement Payload => LenientJson.Member(_document.RootElement, "payload");

    /// <exception cref="RequestException">Not a JSON object that names an event.</exception>
    public static Webhook Parse(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(Body.WithoutMark(body), new JsonDocumentOptions { MaxDepth = MaxDepth });
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
    /// <exception cref="WebhookException">The account is one of ours for which another secret signs.</exception>
    public AuditEvent ToEvent(WebhookProof proof, EventId ids, DateTimeOffset now)
    {
        // Chat apps' events spell it otherwise.
        var named = LenientJson.Text(Payload, "account_id") ?? LenientJson.Text(Payload, "accountId");
        if (named is not null && proof.OtherAccountIds.Contains(named, StringComparer.Ordinal))
        {
            throw new WebhookException(WebhookError.InvalidSignature);
        }

        // A sub-account of ours has no secret of its own: its main account's signs.
        var isSub = named is not null && !proof.AccountIds.Contains(named, StringComparer.Ordinal);
        var accountId = isSub || named is null ? proof.AccountIds[0] : named;
        var subject = ZoomSubject.Of(Name, Payload, isSub);
        var occurredAt = OccurredAt(now);
        var redacted = ZoomEventRedaction.Of(Name, Payload);
        var actor = ZoomEventActor.Of(Name, Payload, redacted);
        var details = With(redacted, isSub ? named : null, occurredAt is null ? EventTime : null);
        return new AuditEvent
        {
            Id = ids.Of(AuditSources.Zoom, accountId, Name, EventTime ?? Convert.ToHexStringLower(SHA256.HashData(_body.Span)), Said(actor, subject, details)),
            OccurredAt = occurredAt ?? now,
            ReceivedAt = now,
            AccountId = accountId,
            Actor = actor,
            Action = Name,
            Target = subject.Target,
            Meeting = subject.Meeting,
            Whose = subject.Whose,
            Outcome = AuditOutcomes.Success,
            Source = AuditSources.Zoom,
            Details = details,
        };
    }

    public void Dispose() => _document.Dispose();

    /// <summary>What is kept of it: delivered again, tokens, addresses and escapes may be others.</summary>
    private static JsonObject Said(AuditActor actor, ZoomSubject subject, JsonObject? details) => new()
    {
        ["actor"] = new JsonArray(actor.Type, actor.Subject, actor.Name, actor.Email),
        ["target"] = new JsonArray(subject.Target?.Type, subject.Target?.Id, subject.Target?.Name, subject.Meeting),
        ["details"] = details?.DeepClone(),
    };

    /// <summary>The details with the sub-account that it is of, and the time that Zoom gave where it cannot be meant.</summary>
    private static JsonObject? With(JsonObject? details, string? subAccount, string? time)
    {
        (string Name, string? Value)[] added = [("account_id", subAccount), ("event_ts", time is null ? null : AuditLimits.Cut(time, AuditLimits.MaxTyped))];
        foreach (var (name, value) in added.Where(member => member.Value is not null))
        {
            (details ??= [])[name] = value;
        }

        return details;
    }

    /// <summary>When it happened, as Zoom says; null for a time at which no event of Zoom's can have happened.</summary>
    private DateTimeOffset? OccurredAt(DateTimeOffset now) =>
        long.TryParse(EventTime, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds >= Earliest.ToUnixTimeMilliseconds()
        && milliseconds <= (now + Ahead).ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
