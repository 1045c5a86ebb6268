using System.Runtime.ExceptionServices;

namespace SecureZoom.LocalHost.Queues;

/// <summary>Keeps the process alive when a message cannot be settled: it comes again. The SDK's own handler would end it.</summary>
internal sealed class LogUnsettled(ILoggerFactory loggers) : IWebJobsExceptionHandler
{
    public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) => OnUnhandledExceptionAsync(exceptionInfo);

    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        WorkerLog.Warn(loggers.CreateLogger<QueueListener>(), exceptionInfo.SourceException.Message);
        return Task.CompletedTask;
    }
}
