using Microsoft.Azure.Functions.Worker;

namespace SecureZoom.LocalHost.Worker;

/// <summary>A function that the clock triggers, and once when the host starts.</summary>
public sealed class Clock(Stage stage)
{
    [Function(nameof(Tick))]
    public Task Tick([TimerTrigger("%Schedule%", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) =>
        stage.EnterAsync("tick", timer, cancellationToken);
}
