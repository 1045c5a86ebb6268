using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Finds the last genuine checkpoint of a trail, stepping over garbage that somebody has put behind it.</summary>
public sealed partial class NewestCheckpoint(CheckpointStore store, AuditOptions options, ILogger<NewestCheckpoint> logger)
{
    /// <summary>How much garbage is stepped over.</summary>
    private const int MaxGarbage = 1000;

    /// <returns>The number of the last one, garbage or not; and the last genuine one, null when there is none.</returns>
    /// <exception cref="TrailDamagedException">There is nothing but garbage.</exception>
    public async Task<(long Number, TrailCheckpoint? Checkpoint)> FindAsync(
        string organization, TrustedKeys trusted, CancellationToken cancellationToken)
    {
        var last = await store.ReadLastNumberAsync(organization, cancellationToken);
        for (var number = last; number > Math.Max(0, last - MaxGarbage); number--)
        {
            var file = await store.ReadAsync(organization, number, cancellationToken);
            if (TrailCheckpoint.TryOpen(file, trusted.Pins, out var checkpoint, out _) && checkpoint.Log == options.LogOf(organization))
            {
                return (last, checkpoint);
            }

            Log.Garbage(logger, number, organization);
        }

        return last == 0 ? (0, null) : throw new TrailDamagedException("No checkpoint is a genuine one of this log.");
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "Checkpoint {Number} of {Organization} is not a genuine one of its log, and is stepped over")]
        public static partial void Garbage(ILogger logger, long number, string organization);
    }
}
