namespace SecureZoom.LocalHost.Timers;

/// <summary>When a timer function is due, in UTC.</summary>
internal sealed record TimerSchedule(CronExpression Expression, bool RunOnStartup);
