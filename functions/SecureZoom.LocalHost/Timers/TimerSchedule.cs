using Cronos;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using SecureZoom.LocalHost.Hosting;

namespace SecureZoom.LocalHost.Timers;

/// <summary>When a timer function is due.</summary>
internal sealed record TimerSchedule(CronExpression Expression, bool RunOnStartup)
{
    public static TimerSchedule From(TimerTriggerAttribute trigger, IConfiguration configuration) => new(
        CronExpression.Parse(configuration.Resolve(trigger.Schedule), CronFormat.IncludeSeconds), trigger.RunOnStartup);
}
