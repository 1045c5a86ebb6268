using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>For apps whose work is counted or measured: keeping every line would be most of it.</summary>
internal static class ErrorsOnly
{
    /// <summary>Lets an app log nothing but its errors, and keeps these.</summary>
    public static LogCapture LogErrorsOnly(this IServiceCollection services)
    {
        var errors = new LogCapture(LogLevel.Error);
        services.RemoveAll<ILoggerProvider>().AddSingleton<ILoggerProvider>(errors);
        services.Configure<LoggerFilterOptions>(options =>
        {
            options.Rules.Clear();
            options.MinLevel = LogLevel.Error;
        });
        return errors;
    }
}
