using System.Globalization;

namespace SecureZoom.Functions.Tests.Support.Kusto;

/// <summary>A query of the alert rules or the workbook, run over rows: <c>union</c>, <c>where</c>, <c>extend</c>, <c>project</c>, <c>summarize</c>, <c>order</c>, <c>count</c>.</summary>
/// <exception cref="FormatException">It has what no rule has used so far.</exception>
internal sealed class KustoQuery(string text, DateTimeOffset now)
{
    private readonly KustoTokens _tokens = new(text);

    private delegate object? Aggregate(List<Dictionary<string, object?>> rows);

    /// <param name="tables">A table that is not there is empty.</param>
    public List<Dictionary<string, object?>> Run(IReadOnlyDictionary<string, List<Dictionary<string, object?>>> tables)
    {
        var rows = Pipe(tables);
        return _tokens.Peek.Length == 0 ? rows : throw new FormatException($"Nobody knows what '{_tokens.Peek}' is.");
    }

    private List<Dictionary<string, object?>> Pipe(IReadOnlyDictionary<string, List<Dictionary<string, object?>>> tables)
    {
        var rows = Source(tables);
        while (_tokens.TryTake("|"))
        {
            var step = _tokens.Take();
            rows = step switch
            {
                "where" => Where(rows, Expression()),
                "extend" => Extend(rows, _tokens.List(Named), keep: true),
                "project" => Extend(rows, _tokens.List(Named), keep: false),
                "summarize" => Summarize(rows),
                "order" => Order(rows),
                "count" => [new() { ["Count"] = (double)rows.Count }],
                _ => throw new FormatException($"No rule has used {step} so far."),
            };
        }

        return rows;
    }

    private List<Dictionary<string, object?>> Source(IReadOnlyDictionary<string, List<Dictionary<string, object?>>> tables)
    {
        if (_tokens.TryTake("("))
        {
            var inner = Pipe(tables);
            _tokens.Expect(")");
            return inner;
        }

        var table = _tokens.Take();
        if (table != "union")
        {
            return tables.GetValueOrDefault(table) ?? [];
        }

        foreach (var word in (string[])["isfuzzy", "=", "true"])
        {
            _tokens.Expect(word);
        }

        return [.. _tokens.List(() => Source(tables)).SelectMany(rows => rows)];
    }

    private static List<Dictionary<string, object?>> Where(List<Dictionary<string, object?>> rows, Func<Dictionary<string, object?>, object?> holds) =>
        [.. rows.Where(row => KustoExpression.IsTrue(holds(row)))];

    private static List<Dictionary<string, object?>> Extend(
        List<Dictionary<string, object?>> rows, List<(string Name, Func<Dictionary<string, object?>, object?> Value)> columns, bool keep) =>
        [.. rows.Select(row => columns.Aggregate(keep ? new(row) : new Dictionary<string, object?>(), (made, column) =>
        {
            made[column.Name] = column.Value(keep ? made : row);
            return made;
        }))];

    private List<Dictionary<string, object?>> Summarize(List<Dictionary<string, object?>> rows)
    {
        var aggregates = _tokens.List(NamedAggregate);
        if (!_tokens.TryTake("by"))
        {
            // One row, also of nothing.
            return [aggregates.ToDictionary(one => one.Name, one => one.Value(rows))];
        }

        var keys = _tokens.List(Named);
        return [.. rows
            .GroupBy(row => string.Join('\n', keys.Select(key => key.Value(row))), StringComparer.Ordinal)
            .Select(group => keys.Select(key => KeyValuePair.Create(key.Name, key.Value(group.First())))
                .Concat(aggregates.Select(one => KeyValuePair.Create(one.Name, one.Value([.. group]))))
                .ToDictionary())];
    }

    private List<Dictionary<string, object?>> Order(List<Dictionary<string, object?>> rows)
    {
        _tokens.Expect("by");
        var key = Expression();
        _tokens.Expect("desc");
        return [.. rows.OrderByDescending(key)];
    }

    private (string Name, Func<Dictionary<string, object?>, object?> Value) Named()
    {
        var name = _tokens.Peek;
        if (_tokens.After == "=")
        {
            _tokens.Take();
            _tokens.Take();
        }

        return (name, Expression());
    }

    private (string Name, Aggregate Value) NamedAggregate()
    {
        var name = "";
        if (_tokens.After == "=")
        {
            name = _tokens.Take();
            _tokens.Take();
        }

        var (brought, value) = AggregateOf();
        while (_tokens.Peek is "*" or "/")
        {
            var (divides, first) = (_tokens.Take() == "/", value);
            var second = char.IsDigit(_tokens.Peek[0]) ? Constant(double.Parse(_tokens.Take(), CultureInfo.InvariantCulture)) : AggregateOf().Value;
            value = rows => divides ? Number(first(rows)) / Number(second(rows)) : Number(first(rows)) * Number(second(rows));
        }

        return (name.Length > 0 ? name : brought, value);
    }

    /// <returns>With the name of the column that it brings along, if any.</returns>
    private (string Brought, Aggregate Value) AggregateOf()
    {
        var function = _tokens.Take();
        _tokens.Expect("(");
        // What arg_max brings along has its own name.
        var arguments = _tokens.Peek == ")" ? [] : _tokens.List(() => (Name: _tokens.Peek, Value: Expression()));
        _tokens.Expect(")");
        return (arguments.Count > 1 ? arguments[1].Name : "", Function(function, [.. arguments.Select(argument => argument.Value)]));
    }

    private static Aggregate Function(string function, List<Func<Dictionary<string, object?>, object?>> arguments) => function switch
    {
        "count" => rows => (double)rows.Count,
        "countif" => rows => (double)Where(rows, arguments[0]).Count,
        "sum" => rows => Sum(rows, arguments[0]),
        "sumif" => rows => Sum(Where(rows, arguments[1]), arguments[0]),
        "min" => rows => rows.Select(arguments[0]).Min(),
        "max" => rows => rows.Select(arguments[0]).Max(),
        "maxif" => rows => Where(rows, arguments[1]).Select(arguments[0]).Max(),
        "take_anyif" => rows => Where(rows, arguments[1]).Select(arguments[0]).FirstOrDefault(),
        "arg_max" => rows => arguments[1](rows.MaxBy(arguments[0])!),
        _ => throw new FormatException($"No rule has used {function} so far."),
    };

    private static Aggregate Constant(double number) => _ => number;

    private static double Number(object? value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static double Sum(List<Dictionary<string, object?>> rows, Func<Dictionary<string, object?>, object?> value) =>
        rows.Sum(row => Convert.ToDouble(value(row), CultureInfo.InvariantCulture));

    private Func<Dictionary<string, object?>, object?> Expression() => new KustoExpression(_tokens, now).Read();
}
