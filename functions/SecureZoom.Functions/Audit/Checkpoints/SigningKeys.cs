using System.Security.Cryptography;
using SecureZoom.Verification;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>What a run signs with and trusts: read once, however many trails it signs.</summary>
public sealed class SigningKeys(TrustedKeys trusted, ECDsa key, NoteSigner noteSigner) : IDisposable
{
    // A key object is not safe for several threads.
    private readonly Lock _lock = new();

    public TrustedKeys Trusted { get; } = trusted;

    /// <summary>A checkpoint of an organisation's log.</summary>
    public CheckpointFile Sign(LogCheckpoint checkpoint, string organization, long number, DateTimeOffset signedAt)
    {
        var note = SignedNote.Of(checkpoint.Text, noteSigner.Sign(checkpoint.Text)).ToString();
        lock (_lock)
        {
            return new CheckpointFile(note, CheckpointJws.Sign(checkpoint.Text, organization, number, signedAt, key));
        }
    }

    public void Dispose() => key.Dispose();
}
