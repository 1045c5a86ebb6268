using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Finds the last genuine checkpoint of a trail, stepping over garbage that somebody has put behind it.</summary>
public sealed partial class NewestCheckpoint(CheckpointStore store, AuditOptions options, ILogger<NewestCheckpoint> logger)
{
    /// <summary>How many are read side by side where the last is garbage.</summary>
    private const int Parallel = 16;

    /// <summary>How many are named one by one.</summary>
    private const int MaxNamed = 10;

    /// <returns>The number of the last one, garbage or not; and the last genuine one, null when there is none.</returns>
    public async Task<SignedTrail> FindAsync(string organization, TrustedKeys trusted, CancellationToken cancellationToken)
    {
        var last = await store.ReadLastNumberAsync(organization, cancellationToken);
        long garbage = 0;
        for (long high = last, some = 1; high > 0; high -= some, some = Parallel)
        {
            // However much there is: who could stop the signer by it for ever would do so.
            var numbers = Enumerable.Range(0, (int)Math.Min(some, high)).Select(back => high - back).ToArray();
            var files = await Task.WhenAll(numbers.Select(number => store.ReadAsync(organization, number, cancellationToken)));
            foreach (var (number, file) in numbers.Zip(files))
            {
                if (TrailCheckpoint.TryOpen(file, trusted.Pins, out var checkpoint, out _) && checkpoint.Log == options.LogOf(organization))
                {
                    return new SignedTrail(last, checkpoint, garbage);
                }

                if (++garbage <= MaxNamed)
                {
                    Log.Garbage(logger, number, organization);
                }
            }
        }

        return new SignedTrail(last, null, garbage);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 276, Level = LogLevel.Critical, Message = "Checkpoint {Number} of {Organization} is not a genuine one of its log, and is stepped over")]
        public static partial void Garbage(ILogger logger, long number, string organization);
    }
}
