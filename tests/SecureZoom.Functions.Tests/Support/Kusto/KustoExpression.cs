using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SecureZoom.Functions.Tests.Support.Kusto;

/// <summary>Expressions over one row, as far as the alert rules and the workbook go: null is what is not there, and compares with nothing.</summary>
/// <param name="now">What <c>ago</c> counts from.</param>
internal sealed class KustoExpression(KustoTokens tokens, DateTimeOffset now)
{
    public Func<Dictionary<string, object?>, object?> Read()
    {
        var left = And();
        while (tokens.TryTake("or"))
        {
            var (first, second) = (left, And());
            left = row => IsTrue(first(row)) || IsTrue(second(row));
        }

        return left;
    }

    public static bool IsTrue(object? value) => value is true;

    private Func<Dictionary<string, object?>, object?> And()
    {
        var left = Comparison();
        while (tokens.TryTake("and"))
        {
            var (first, second) = (left, Comparison());
            left = row => IsTrue(first(row)) && IsTrue(second(row));
        }

        return left;
    }

    private Func<Dictionary<string, object?>, object?> Comparison()
    {
        var left = Product();
        if (tokens.Peek is "in" or "has_any")
        {
            Func<object?, object?, bool> matches = tokens.Take() == "in" ? AreEqual : Has;
            tokens.Expect("(");
            var options = tokens.List(Read);
            tokens.Expect(")");
            return row => options.Exists(option => matches(left(row), option(row)));
        }

        Func<object?, object?, bool>? compare = tokens.Peek switch
        {
            "==" => AreEqual,
            "!=" => (one, other) => !AreEqual(one, other),
            "<" => (one, other) => Compare(one, other) < 0,
            "<=" => (one, other) => Compare(one, other) <= 0,
            ">" => (one, other) => Compare(one, other) > 0,
            ">=" => (one, other) => Compare(one, other) >= 0,
            "has" => Has,
            "startswith" => (one, other) => Text(one).StartsWith(Text(other), StringComparison.OrdinalIgnoreCase),
            _ => null,
        };
        if (compare is null)
        {
            return left;
        }

        tokens.Take();
        var right = Product();
        return row => compare(left(row), right(row));
    }

    private Func<Dictionary<string, object?>, object?> Product()
    {
        var left = Primary();
        while (tokens.Peek is "*" or "/")
        {
            var (divides, first, second) = (tokens.Take() == "/", left, Primary());
            left = row => divides ? Number(first(row)) / Number(second(row)) : Number(first(row)) * Number(second(row));
        }

        return left;
    }

    private Func<Dictionary<string, object?>, object?> Primary()
    {
        var token = tokens.Take();
        if (token == "(")
        {
            var inner = Read();
            tokens.Expect(")");
            return inner;
        }

        if (token[0] == '"')
        {
            return _ => token[1..^1];
        }

        if (char.IsDigit(token[0]))
        {
            var value = Literal(token);
            return _ => value;
        }

        return tokens.TryTake("(") ? Call(token) : Path(token);
    }

    private Func<Dictionary<string, object?>, object?> Call(string function)
    {
        var arguments = tokens.Peek == ")" ? [] : tokens.List(Read);
        tokens.Expect(")");
        return function switch
        {
            "tostring" => row => Text(arguments[0](row)),
            "toint" => row => long.TryParse(Text(arguments[0](row)), CultureInfo.InvariantCulture, out var number) ? number : null,
            "ago" => row => now - (TimeSpan)arguments[0](row)!,
            "now" => _ => now,
            "bin" => row => Bin((DateTimeOffset)arguments[0](row)!, (TimeSpan)arguments[1](row)!),
            "datetime_diff" => row => Math.Truncate(((DateTimeOffset)arguments[1](row)! - (DateTimeOffset)arguments[2](row)!) / Unit(Text(arguments[0](row)))),
            "max_of" => row => arguments.Select(argument => Number(argument(row))).Max(),
            "isempty" => row => Text(arguments[0](row)).Length == 0,
            "isnotempty" => row => Text(arguments[0](row)).Length > 0,
            "extract" => row => Regex.Match(Text(arguments[2](row)), Text(arguments[0](row))).Groups[(int)Number(arguments[1](row))!].Value,
            "isnull" => row => arguments[0](row) is null,
            "iff" => row => IsTrue(arguments[0](row)) ? arguments[1](row) : arguments[2](row),
            // A text that is empty counts as not there.
            "coalesce" => row => arguments.Select(argument => argument(row)).FirstOrDefault(value => value is not (null or "")),
            _ => throw new FormatException($"No rule has used {function} so far."),
        };
    }

    /// <summary>A column, and what is in it where it is dynamic.</summary>
    private Func<Dictionary<string, object?>, object?> Path(string column)
    {
        var members = new List<string>();
        while (tokens.Peek is "." or "[")
        {
            var isIndex = tokens.Take() == "[";
            members.Add(tokens.Take().Trim('"'));
            if (isIndex)
            {
                tokens.Expect("]");
            }
        }

        return row => members.Aggregate(row.GetValueOrDefault(column), (value, member) => (value as JsonObject)?[member]);
    }

    private static DateTimeOffset Bin(DateTimeOffset time, TimeSpan size) => new(time.Ticks - time.Ticks % size.Ticks, time.Offset);

    private static TimeSpan Unit(string name) => name == "minute" ? TimeSpan.FromMinutes(1) : throw new FormatException($"No query has used {name} so far.");

    private static object Literal(string token) => token[^1] switch
    {
        'd' => TimeSpan.FromDays(Amount(token)),
        'h' => TimeSpan.FromHours(Amount(token)),
        'm' => TimeSpan.FromMinutes(Amount(token)),
        's' => TimeSpan.FromSeconds(Amount(token)),
        _ => double.Parse(token, CultureInfo.InvariantCulture),
    };

    private static double Amount(string token) => double.Parse(token[..^1], CultureInfo.InvariantCulture);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static double? Number(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static bool AreEqual(object? one, object? other) =>
        one is string or JsonValue || other is string ? Text(one) == Text(other) : Compare(one, other) == 0;

    private static int? Compare(object? one, object? other) => (one, other) switch
    {
        (null, _) or (_, null) => null,
        (DateTimeOffset first, DateTimeOffset second) => first.CompareTo(second),
        (bool first, bool second) => first.CompareTo(second),
        _ => Number(one)!.Value.CompareTo(Number(other)!.Value),
    };

    /// <summary>Whether it is there as whole words, which end where what is sought does not begin or end with a letter or digit itself.</summary>
    private static bool Has(object? text, object? words)
    {
        var sought = Text(words);
        var before = char.IsAsciiLetterOrDigit(sought[0]) ? "(?<![A-Za-z0-9])" : "";
        var behind = char.IsAsciiLetterOrDigit(sought[^1]) ? "(?![A-Za-z0-9])" : "";
        return Regex.IsMatch(Text(text), $"{before}{Regex.Escape(sought)}{behind}", RegexOptions.IgnoreCase);
    }
}
