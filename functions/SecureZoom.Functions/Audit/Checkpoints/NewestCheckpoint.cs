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

    /// <returns>The number in front of the next free one, and the last genuine one, null when there is none.</returns>
    public async Task<SignedTrail> FindAsync(string organization, TrustedKeys trusted, CancellationToken cancellationToken)
    {
        var last = await store.ReadLastNumberAsync(organization, cancellationToken);
        if (last == 0)
        {
            return new SignedTrail(0, null);
        }

        var found = await OpenAsync(organization, last, trusted, cancellationToken) is { } checkpoint
            ? new SignedTrail(last, checkpoint)
            : await FindAmongGarbageAsync(organization, trusted, cancellationToken);
        store.Remember(organization, found.Number);
        return found;
    }

    /// <summary>
    /// By all that is there: numbers without end could be asked for. Our own leave no number free, so that the last genuine one stands in
    /// front of the first free one, and what is behind that one takes no part.
    /// </summary>
    private async Task<SignedTrail> FindAmongGarbageAsync(string organization, TrustedKeys trusted, CancellationToken cancellationToken)
    {
        var numbers = await store.ListNumbersAsync(organization, cancellationToken);
        long garbage = 0;
        for (int high = numbers.Count, some; high > 0; high -= some)
        {
            // However much there is: who could stop the signer by it for ever would do so.
            some = Math.Min(Parallel, high);
            var looked = Enumerable.Range(high - some, some).Reverse().ToArray();
            var checkpoints = await Task.WhenAll(looked.Select(index => OpenAsync(organization, numbers[index], trusted, cancellationToken)));
            foreach (var (index, checkpoint) in looked.Zip(checkpoints))
            {
                if (checkpoint is not null)
                {
                    return new SignedTrail(LastInARow(numbers, index), checkpoint, garbage);
                }

                if (++garbage <= MaxNamed)
                {
                    Log.Garbage(logger, numbers[index], organization);
                }
            }
        }

        return new SignedTrail(numbers is [1, ..] ? LastInARow(numbers, 0) : 0, null, garbage);
    }

    private async Task<TrailCheckpoint?> OpenAsync(string organization, long number, TrustedKeys trusted, CancellationToken cancellationToken) =>
        TrailCheckpoint.TryOpen(await store.ReadAsync(organization, number, cancellationToken), trusted.Pins, out var checkpoint, out _)
        && checkpoint.Log == options.LogOf(organization)
            ? checkpoint
            : null;

    /// <summary>The last of the numbers that follow each other from one of them on.</summary>
    private static long LastInARow(IReadOnlyList<long> numbers, int index)
    {
        while (index + 1 < numbers.Count && numbers[index + 1] == numbers[index] + 1)
        {
            index++;
        }

        return numbers[index];
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 276, Level = LogLevel.Critical, Message = "Checkpoint {Number} of {Organization} is not a genuine one of its log, and is stepped over")]
        public static partial void Garbage(ILogger logger, long number, string organization);
    }
}
