using System.Text.RegularExpressions;

namespace SecureZoom.Functions.Tests.Support.Kusto;

/// <summary>A query as its words, one after the other.</summary>
internal sealed partial class KustoTokens(string text)
{
    private readonly List<string> _tokens = [.. Token().Matches(Comment().Replace(text, "")).Select(match => match.Value)];
    private int _next;

    /// <summary>Empty at the end.</summary>
    public string Peek => _next < _tokens.Count ? _tokens[_next] : "";

    public string After => _next + 1 < _tokens.Count ? _tokens[_next + 1] : "";

    public string Take() => _tokens[_next++];

    public bool TryTake(string token)
    {
        if (Peek != token)
        {
            return false;
        }

        _next++;
        return true;
    }

    public void Expect(string token)
    {
        if (!TryTake(token))
        {
            throw new FormatException($"'{token}' is expected, and '{Peek}' is there.");
        }
    }

    /// <summary>At least one of what is read, with commas between.</summary>
    public List<T> List<T>(Func<T> read)
    {
        List<T> items = [read()];
        while (TryTake(","))
        {
            items.Add(read());
        }

        return items;
    }

    [GeneratedRegex(@"(?m)^\s*//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""
        "[^"]*"|\d+(?:\.\d+)?[dhms]?|\w+|[=!<>]=|[^\s]
        """)]
    private static partial Regex Token();
}
