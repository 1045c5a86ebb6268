using System.Text.Json;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.IdentityEvents;

namespace SecureZoom.Functions.Webhooks.Auth0;

/// <summary>Reads what a log stream of Auth0 sends: lines, a list, or an object with <c>logs</c>; which of them its operator chose, the bytes say.</summary>
internal static class Auth0Events
{
    private const int MaxDepth = 32;

    /// <summary>The content types that operators give a stream: Auth0 sends what they typed.</summary>
    public static readonly string[] ContentTypes = ["application/json", "application/x-ndjson", "application/jsonl", "application/x-jsonlines", "text/plain"];

    /// <exception cref="RequestException">It is something else.</exception>
    public static IReadOnlyList<IdentityEvent> Read(IdentitySource source, ReadOnlyMemory<byte> body)
    {
        try
        {
            return [.. EventText.Events(Values(Body.WithoutMark(body).Span).SelectMany(Logs)).Select(log => new Auth0Event(source, log).Read())];
        }
        catch (JsonException)
        {
            throw new RequestException(RequestError.Invalid, $"The body is not JSON, or nested more than {MaxDepth} deep.");
        }
    }

    private static List<JsonElement> Values(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = MaxDepth });
        var values = new List<JsonElement>();
        while (reader.Read())
        {
            values.Add(JsonElement.ParseValue(ref reader));
        }

        return values.Count > 0 ? values : throw new JsonException();
    }

    private static IEnumerable<JsonElement> Logs(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray(),
        JsonValueKind.Object when LenientJson.Member(value, "logs") is { ValueKind: JsonValueKind.Array } logs => logs.EnumerateArray(),
        _ => [value],
    };
}
