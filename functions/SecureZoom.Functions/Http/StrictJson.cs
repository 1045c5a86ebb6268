using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Functions.Http;

/// <summary>Reads requests as JSON and refuses what the call does not know.</summary>
internal static class StrictJson
{
    private const int MaxDepth = 16;
    private const int MaxNamed = 10;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <exception cref="RequestException">
    /// 413, 415, or 400 for what is not JSON, has a member twice, has unknown members (all are named), or has one of the wrong shape.
    /// </exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var bytes = await Body.ReadJsonAsync(request, Body.MaxJson, cancellationToken);
        return Parse(bytes, type);
    }

    /// <inheritdoc cref="ReadAsync{T}"/>
    public static T Parse<T>(ReadOnlyMemory<byte> bytes, JsonTypeInfo<T> type)
        where T : class
    {
        using var document = ParseDocument(bytes);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new RequestException(RequestError.Invalid, "The body must be a JSON object.");
        }

        var unknown = new List<string>();
        Collect(document.RootElement, type, "", unknown);
        if (unknown.Count > 0)
        {
            var more = unknown.Count > MaxNamed ? $" and {unknown.Count - MaxNamed} more" : "";
            throw new RequestException(
                RequestError.Invalid, $"Unknown members: {string.Join(", ", unknown.Take(MaxNamed))}{more}.");
        }

        try
        {
            return document.Deserialize(type)!;
        }
        catch (JsonException exception)
        {
            // The exception's own text can quote values; its path cannot.
            throw new RequestException(RequestError.Invalid, Explain(exception));
        }
    }

    private static JsonDocument ParseDocument(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // The parser reads no text, so it finds nothing wrong with bytes that are none.
            return Utf8.IsValid(bytes.Span) ? JsonDocument.Parse(Body.WithoutMark(bytes), Options) : throw new JsonException();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter is for a name with half a surrogate pair, which is read to be compared with the others.
            throw new RequestException(
                RequestError.Invalid, $"The body is not JSON, has a member twice or is nested more than {MaxDepth} deep.");
        }
    }

    private static string Explain(JsonException exception) => exception switch
    {
        InvalidValueException invalid => invalid.Message,
        { Path: { Length: > 2 } path } => $"{Printable(path[2..])} has the wrong type or value.",
        _ => "A required member is missing.",
    };

    private static void Collect(JsonElement element, JsonTypeInfo type, string path, List<string> unknown)
    {
        if (element.ValueKind != JsonValueKind.Object || type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            var known = type.Properties.FirstOrDefault(property => property.Name == member.Name);
            if (known is null)
            {
                unknown.Add(Printable(path + member.Name));
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                Collect(member.Value, type.Options.GetTypeInfo(known.PropertyType), $"{path}{member.Name}.", unknown);
            }
        }
    }

    private static string Printable(string name)
    {
        var printable = string.Concat(name.Where(c => c is > ' ' and <= '~' and not ('"' or '\\')));
        return printable.Length <= 64 ? printable : printable[..64];
    }
}
