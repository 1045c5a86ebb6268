namespace SecureZoom.Load;

/// <summary>How one round of calls went.</summary>
/// <param name="PerSecond">Answers.</param>
/// <param name="Median">Of an answer's time.</param>
/// <param name="P99">Its 99th percentile.</param>
internal sealed record Round(double PerSecond, TimeSpan Median, TimeSpan P99);
