using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>
/// Shows each trail's newest checkpoint to the witnesses, behind the signing and holding nothing up. The alarm is for a witness that knows
/// another history than ours.
/// </summary>
public sealed partial class Witnessing(
    AuditWitnesses witnesses,
    WitnessClient client,
    CosignatureStore cosignatures,
    TrailProofs proofs,
    NewestCheckpoint newest,
    CheckpointKeys keys,
    TrailFindings findings,
    TimeProvider time,
    ILogger<Witnessing> logger)
{
    private const int Parallel = 8;

    /// <summary>What timers are late.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <summary>What all witnesses may take of a run together.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What each witness has seen of each trail, and when it was asked last.</summary>
    private readonly ConcurrentDictionary<(string Organization, string Key), Seen> _seen = new();

    /// <param name="trails">How far each is signed.</param>
    public async Task RunAsync(IReadOnlyDictionary<string, SignedTrail> trails, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await Task.WhenAll(witnesses.All.Select(witness => ShowAsync(witness, trails, either.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Late(logger);
        }
    }

    private async Task ShowAsync(AuditWitness witness, IReadOnlyDictionary<string, SignedTrail> trails, CancellationToken cancellationToken)
    {
        // Who does not answer once is asked again by the next run only.
        var isThere = true;
        await System.Threading.Tasks.Parallel.ForEachAsync(
            trails,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (trail, token) =>
            {
                if (Volatile.Read(ref isThere) && trail.Value.Checkpoint is { } checkpoint
                    && !await TryShowAsync(witness, trail.Key, trail.Value.Number, checkpoint, token))
                {
                    Volatile.Write(ref isThere, false);
                }
            });
    }

    /// <returns>Whether it is there.</returns>
    private async Task<bool> TryShowAsync(
        AuditWitness witness, string organization, long number, TrailCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            var now = time.GetUtcNow();
            var place = (organization, witness.Key.ToString());
            var seen = _seen.TryGetValue(place, out var known) ? known : await RememberAsync(witness, organization, number, cancellationToken);
            if (now - seen.AskedAt + Slack < witness.Interval || seen.Number == number)
            {
                _seen[place] = seen;
                return true;
            }

            var failure = await AskAsync(witness, organization, number, checkpoint, seen.Size, cancellationToken);
            _seen[place] = failure is null ? new Seen(number, checkpoint.Head.Size, now) : seen with { AskedAt = now };
            if (failure is { Length: > 0 })
            {
                Log.Unseen(logger, witness.Key.Name, failure);
            }

            return string.IsNullOrEmpty(failure);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, organization, witness.Key.Name, exception);
            return true;
        }
    }

    /// <returns>Null when it has signed; empty when it knows better; else why it has not.</returns>
    private async Task<string?> AskAsync(
        AuditWitness witness, string organization, long number, TrailCheckpoint checkpoint, long old, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var proof = old == 0 ? [] : await proofs.ProveConsistencyAsync(organization, checkpoint.Head, old, cancellationToken);
            var reply = await client.AskAsync(witness, new WitnessRequest(old, proof, checkpoint.Note), cancellationToken);
            switch (reply)
            {
                case { Cosignature: { } cosignature }:
                    if (!await cosignatures.AddAsync(organization, number, witness, cosignature, checkpoint.Note.Text, cancellationToken))
                    {
                        Log.Taken(logger, witness.Key.Name, number, organization);
                    }

                    return null;
                case { IsContradicted: true }:
                    await AlarmAsync(witness, organization, $"holds that the trail of {checkpoint.Head.Size} records does not go on from the {old} that it has seen", cancellationToken);
                    return "";
                case { Known: { } size } when size == old && old == checkpoint.Head.Size:
                    await AlarmAsync(witness, organization, $"has seen another trail of {size} records", cancellationToken);
                    return "";
                case { Known: { } size } when size > checkpoint.Head.Size:
                    // Another instance may have signed more, and shown it.
                    var signed = await newest.FindAsync(organization, await keys.ReadTrustedAsync(cancellationToken), cancellationToken);
                    if (signed.Checkpoint is null || signed.Checkpoint.Head.Size < size)
                    {
                        await AlarmAsync(witness, organization, $"has seen {size} records of a trail that has {checkpoint.Head.Size}", cancellationToken);
                    }

                    return "";
                case { Known: { } size } when isFirst:
                    old = size;
                    break;
                default:
                    return reply.Failure ?? "It knows another size each time";
            }
        }
    }

    private async Task AlarmAsync(AuditWitness witness, string organization, string what, CancellationToken cancellationToken)
    {
        Log.Conflict(logger, organization, witness.Key.Name, what);
        await findings.ReportAsync(
            organization, [new TrailProblem(FindingCodes.WitnessConflict, null, $"The witness {witness.Key.Name} {what}.")], cancellationToken);
    }

    private async Task<Seen> RememberAsync(AuditWitness witness, string organization, long last, CancellationToken cancellationToken) =>
        await cosignatures.FindNewestAsync(organization, witness, last, cancellationToken) is var (number, size, at)
            ? new Seen(number, size, at)
            : new Seen(0, 0, DateTimeOffset.MinValue);

    private sealed record Seen(long Number, long Size, DateTimeOffset AskedAt);

    private static partial class Log
    {
        [LoggerMessage(EventId = 201, Level = LogLevel.Critical, Message = "Of the trail of {Organization} the witness {Witness} {Problem}")]
        public static partial void Conflict(ILogger logger, string organization, string witness, string problem);

        [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "The witness {Witness} has not signed: {Failure}")]
        public static partial void Unseen(ILogger logger, string witness, string failure);

        [LoggerMessage(EventId = 203, Level = LogLevel.Error, Message = "The trail of {Organization} could not be shown to the witness {Witness}")]
        public static partial void Failed(ILogger logger, string organization, string witness, Exception exception);

        [LoggerMessage(
            EventId = 205,
            Level = LogLevel.Critical,
            Message = "Somebody took the place of what the witness {Witness} has signed of checkpoint {Number} of the trail of {Organization}: it is kept under another name")]
        public static partial void Taken(ILogger logger, string witness, long number, string organization);

        [LoggerMessage(EventId = 204, Level = LogLevel.Warning, Message = "The witnesses have taken a minute; the others are asked by the next run")]
        public static partial void Late(ILogger logger);
    }
}
