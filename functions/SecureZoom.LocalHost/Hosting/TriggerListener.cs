using Microsoft.Extensions.Hosting;

namespace SecureZoom.LocalHost.Hosting;

/// <summary>Runs a function until the host stops, then lets it finish what it has begun.</summary>
internal abstract class TriggerListener(IHostApplicationLifetime lifetime) : BackgroundService
{
    private readonly CancellationTokenSource _giveUp = new();

    /// <summary>Tells running functions that the time for stopping is over.</summary>
    protected CancellationToken GiveUp => _giveUp.Token;

    /// <param name="stopping">Cancelled when nothing new is to be started.</param>
    protected abstract Task ListenAsync(CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Hosted services stop one after another; a slow one must not keep this one fetching.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await ListenAsync(stop.Token);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(_giveUp.Cancel);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _giveUp.Dispose();
    }
}
