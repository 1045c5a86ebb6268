using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>A line of the app's log with an event id, as the workspace has it.</summary>
/// <param name="Table"><c>AppExceptions</c> for a line with an exception, else <c>AppTraces</c>.</param>
/// <param name="Properties">The values of its message, its <c>EventId</c> and its <c>CategoryName</c>, all as text.</param>
public sealed record LogLine(string Table, DateTimeOffset Time, LogLevel Level, string Message, JsonObject Properties)
{
    /// <remarks>As Azure Monitor's exporter does it: of two values of one name the first counts, which is the message's.</remarks>
    public static LogLine Of<TState>(DateTimeOffset time, string category, LogLevel level, EventId id, TState state, string message, Exception? exception)
    {
        var properties = new JsonObject();
        foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            properties.TryAdd(name == "{OriginalFormat}" ? "OriginalFormat" : name, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
        }

        properties.TryAdd("EventId", $"{id.Id}");
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
