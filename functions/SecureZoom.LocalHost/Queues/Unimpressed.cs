using System.Runtime.ExceptionServices;
using Microsoft.Azure.WebJobs.Host.Timers;

namespace SecureZoom.LocalHost.Queues;

/// <summary>Keeps the process alive when a message cannot be settled: it comes again. The SDK's own handler would end it.</summary>
internal sealed class Unimpressed(ILoggerFactory loggers) : IWebJobsExceptionHandler
{
    private readonly ILogger _logger = loggers.CreateLogger<QueueListener>();

    public Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod) => OnUnhandledExceptionAsync(exceptionInfo);

    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        _logger.Log(LogLevel.Warning, default, exceptionInfo.SourceException.Message, null, static (text, _) => text);
        return Task.CompletedTask;
    }
}
