using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Keeps every log entry as text: message, scopes' and state's values, exception.</summary>
/// <param name="least">The least level that is kept; scopes are with all of them only.</param>
/// <param name="clock">By which its lines have their times.</param>
public sealed class LogCapture(LogLevel least = LogLevel.Trace, TimeProvider? clock = null) : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _entries = new();
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyCollection<string> Entries => _entries;

    /// <summary>Those of ours that have an event id.</summary>
    public IReadOnlyCollection<LogLine> Lines => _lines;

    /// <summary>The alert rules that these lines raise, each with the organisation that it names, if any: <c>hold-lost org_acme</c>.</summary>
    /// <param name="later">How much later than now.</param>
    public IReadOnlyList<string> Alerts(TimeSpan later = default) => AlertRule.Fired(
        _lines.GroupBy(line => line.Table).ToDictionary(table => table.Key, table => table.Select(line => line.Row)), Now + later);

    private LogLevel Least => least;

    private DateTimeOffset Now => (clock ?? TimeProvider.System).GetUtcNow();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    /// <summary>Writes to the queues of its provider.</summary>
    private sealed class Logger(LogCapture capture, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            if (capture.Least == LogLevel.Trace)
            {
                capture._entries.Enqueue($"{category} scope {Describe(state)}");
            }

            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= capture.Least;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            capture._entries.Enqueue($"{logLevel} {category} {formatter(state, exception)} {Describe(state)} {exception}");
            if (eventId.Id != 0 && category.StartsWith("SecureZoom", StringComparison.Ordinal))
            {
                capture._lines.Enqueue(LogLine.Of(capture.Now, category, logLevel, eventId, state, formatter(state, exception), exception));
            }
        }

        private static string Describe(object? state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(", ", values) : $"{state}";
    }
}
