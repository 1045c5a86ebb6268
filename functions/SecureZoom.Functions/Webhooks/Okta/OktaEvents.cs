using System.Text.Json;
using Microsoft.Extensions.Primitives;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.IdentityEvents;

namespace SecureZoom.Functions.Webhooks.Okta;

/// <summary>Reads what Okta sends.</summary>
public sealed class OktaEvents(GroupPermissions groups)
{
    private const int MaxDepth = 32;
    private const int MaxChallenge = 512;

    /// <summary>The challenge, to be said back.</summary>
    /// <exception cref="RequestException">There is none, or more than one.</exception>
    public static string Challenge(StringValues header) =>
        header is [{ Length: > 0 and <= MaxChallenge } challenge]
            ? challenge
            : throw new RequestException(RequestError.Invalid, "x-okta-verification-challenge is there once, with a value.");

    /// <summary>The events of a hook's call: <c>data.events[]</c>.</summary>
    /// <exception cref="RequestException">It is something else.</exception>
    public IReadOnlyList<IdentityEvent> ReadHook(IdentitySource source, ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        return LenientJson.Member(LenientJson.Member(document.RootElement, "data"), "events") is { ValueKind: JsonValueKind.Array } events
            ? Read(source, events)
            : throw new RequestException(RequestError.Invalid, "The body has no data.events.");
    }

    /// <summary>The events of a page of the System Log: a list of them.</summary>
    /// <inheritdoc cref="ReadHook"/>
    internal IReadOnlyList<IdentityEvent> ReadLog(IdentitySource source, ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? Read(source, document.RootElement)
            : throw new RequestException(RequestError.Invalid, "The log is not a list.");
    }

    private IReadOnlyList<IdentityEvent> Read(IdentitySource source, JsonElement events) =>
        [.. EventText.Events(events.EnumerateArray()).Select(log => new OktaEvent(source, log, groups.Gives).Read())];

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(Body.WithoutMark(body), new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            throw new RequestException(RequestError.Invalid, $"The body is not JSON, or nested more than {MaxDepth} deep.");
        }
    }
}
