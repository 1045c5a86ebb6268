namespace SecureZoom.LocalHost.Protocol;

/// <summary>Writes what a worker logs, under its own categories, as far as host.json lets it through.</summary>
internal static class WorkerLog
{
    public static void Write(ILoggerFactory loggers, RpcLog entry)
    {
        if (entry.LogCategory != RpcLog.Types.RpcLogCategory.CustomMetric)
        {
            // The worker's levels are the logger's.
            Write(loggers, entry.Category, (LogLevel)entry.Level, entry.Message, entry.Exception);
        }
    }

    /// <summary>Says something of the host's own, without a stack trace.</summary>
    public static void Warn(ILogger logger, string message) => logger.Log(LogLevel.Warning, default, message, null, static (text, _) => text);

    /// <summary>Says that a function has thrown, and what.</summary>
    public static void Write(ILoggerFactory loggers, FunctionFailedException failure) =>
        Write(loggers, $"Function.{failure.Function}", LogLevel.Error, failure.Message, failure.Thrown);

    private static void Write(ILoggerFactory loggers, string category, LogLevel level, string message, RpcException? exception)
    {
        var thrown = exception is null ? "" : $"{Environment.NewLine}{exception.Type}: {exception.Message}{Environment.NewLine}{exception.StackTrace}";
        loggers.CreateLogger(category).Log(level, default, message + thrown, null, static (text, _) => text);
    }
}
