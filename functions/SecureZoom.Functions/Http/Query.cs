using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Functions.Http;

/// <summary>A request's query, read as strictly as a body: no unknown names, none twice.</summary>
internal sealed class Query
{
    private readonly IQueryCollection _values;

    private Query(IQueryCollection values) => _values = values;

    /// <exception cref="RequestException">A parameter is unknown, or there twice.</exception>
    public static Query Of(HttpRequest request, params string[] known)
    {
        if (request.Query.Keys.Any(name => !known.Contains(name, StringComparer.Ordinal)))
        {
            throw new RequestException(RequestError.Invalid, $"The query may hold {string.Join(", ", known)}.");
        }

        if (request.Query.FirstOrDefault(parameter => parameter.Value.Count > 1) is { Key: { } twice })
        {
            throw new RequestException(RequestError.Invalid, $"{twice} may be there once.");
        }

        return new Query(request.Query);
    }

    /// <summary>A parameter's text; null when it is missing or empty.</summary>
    public string? Text(string name) => _values[name].ToString() is { Length: > 0 } text ? text : null;

    public int Number(string name, int otherwise, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new RequestException(RequestError.Invalid, $"{name} is a whole number from {least} to {most}.");
    }

    /// <summary>How many there are of something: a whole number of at most 15 digits.</summary>
    public long? Size(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return text.Length <= 15 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new RequestException(RequestError.Invalid, $"{name} is a whole number.");
    }

    /// <summary><c>true</c> or <c>false</c>, which is what a missing one is.</summary>
    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new RequestException(RequestError.Invalid, $"{name} is true or false."),
    };

    /// <summary>A moment in RFC 3339, or a day (its first moment, UTC).</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw new RequestException(RequestError.Invalid, $"{name} is a time such as 2026-12-01T14:30:00Z.");
    }

    /// <summary><c>from</c> and <c>to</c>: no range ends before it begins.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) Range()
    {
        var (from, to) = (Time("from"), Time("to"));
        return from > to ? throw new RequestException(RequestError.Invalid, "from is not after to.") : (from, to);
    }
}
