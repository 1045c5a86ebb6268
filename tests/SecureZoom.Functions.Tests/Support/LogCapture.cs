using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Keeps every log entry as text: message, scopes' and state's values, exception.</summary>
/// <param name="least">The least level that is kept; scopes are with all of them only.</param>
public sealed class LogCapture(LogLevel least = LogLevel.Trace) : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyCollection<string> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, least, _entries);

    public void Dispose()
    {
    }

    /// <summary>Writes to the queue of its provider.</summary>
    private sealed class Logger(string category, LogLevel least, ConcurrentQueue<string> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            if (least == LogLevel.Trace)
            {
                entries.Enqueue($"{category} scope {Describe(state)}");
            }

            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                entries.Enqueue($"{logLevel} {category} {formatter(state, exception)} {Describe(state)} {exception}");
            }
        }

        private static string Describe(object? state) =>
            state is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(", ", values) : $"{state}";
    }
}
