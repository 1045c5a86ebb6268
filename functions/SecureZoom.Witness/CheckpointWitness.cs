using Microsoft.AspNetCore.Http;
using SecureZoom.Verification.Log;

namespace SecureZoom.Witness;

/// <summary>Cosigns checkpoints by the rules of c2sp.org/tlog-witness: of each log one history, which only grows.</summary>
internal sealed class CheckpointWitness(WitnessOptions options, Cosigner cosigner, WitnessRecords records, TimeProvider time)
{
    private const string SizeType = "text/x.tlog.size";

    private readonly Lock _lock = new();

    public VerifierKey Key => cosigner.Key;

    /// <summary>Answers <c>add-checkpoint</c>.</summary>
    public WitnessAnswer Add(ReadOnlySpan<byte> body)
    {
        if (!WitnessRequest.TryParse(body, out var request) || !LogCheckpoint.TryParseExtended(request.Checkpoint.Text, out var checkpoint))
        {
            return new WitnessAnswer(StatusCodes.Status400BadRequest);
        }

        var keys = options.KeysOf(checkpoint.Origin);
        if (keys.Count == 0)
        {
            return new WitnessAnswer(StatusCodes.Status404NotFound);
        }

        if (request.Checkpoint.Verify(keys).Count == 0)
        {
            return new WitnessAnswer(StatusCodes.Status403Forbidden);
        }

        if (request.Old > checkpoint.Head.Size)
        {
            return new WitnessAnswer(StatusCodes.Status400BadRequest);
        }

        // One after the other: between what is compared and what is kept nobody else comes.
        lock (_lock)
        {
            var seen = records.Of(checkpoint.Origin);
            if (request.Old != seen.Size || (request.Old == checkpoint.Head.Size && request.Old > 0 && !seen.Equals(checkpoint.Head)))
            {
                return new WitnessAnswer(StatusCodes.Status409Conflict, FormattableString.Invariant($"{seen.Size}\n"), SizeType);
            }

            if (!ConsistencyProof.Verify(request.Proof, seen, checkpoint.Head))
            {
                return new WitnessAnswer(StatusCodes.Status422UnprocessableEntity);
            }

            // Shown the same again, it has seen nothing new.
            if (!seen.Equals(checkpoint.Head))
            {
                records.Keep(new LogCheckpoint(checkpoint.Origin, checkpoint.Head));
            }

            return new WitnessAnswer(StatusCodes.Status200OK, $"{cosigner.Sign(request.Checkpoint.Text, time.GetUtcNow())}\n");
        }
    }
}
