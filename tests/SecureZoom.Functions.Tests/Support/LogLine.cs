using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>A line of the app's log with an event id, as the workspace has it.</summary>
/// <param name="Table"><c>AppExceptions</c> for a line with an exception, else <c>AppTraces</c>.</param>
/// <param name="Properties">The values of its message, its <c>EventId</c>, <c>EventName</c> and <c>CategoryName</c>, all as text.</param>
public sealed record LogLine(string Table, DateTimeOffset Time, LogLevel Level, string Message, JsonObject Properties)
{
    private const string Template = "{OriginalFormat}";

    /// <remarks>
    /// As Azure Monitor's exporter does it, which <c>ExportedLinesTests</c> holds it to: of two values of one name the first counts, which is
    /// the message's; the message's template stands beside an exception only, in whose table there is no other message than its own.
    /// </remarks>
    public static LogLine Of<TState>(DateTimeOffset time, string category, LogLevel level, EventId id, TState state, string message, Exception? exception)
    {
        var properties = new JsonObject();
        foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            if (value is not null && (name != Template || exception is not null))
            {
                properties.TryAdd(name == Template ? "OriginalFormat" : name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        properties.TryAdd("EventId", $"{id.Id}");
        properties.TryAdd("EventName", id.Name);
        properties.TryAdd("CategoryName", category);
        return new LogLine(exception is null ? "AppTraces" : "AppExceptions", time, level, exception?.Message ?? message, properties);
    }

    public Dictionary<string, object?> Row => new()
    {
        ["TimeGenerated"] = Time,
        ["SeverityLevel"] = (long)Level - 1,
        ["Message"] = Message,
        ["Properties"] = Properties,
    };
}
