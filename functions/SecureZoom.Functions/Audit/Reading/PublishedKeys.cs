using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Caching;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The public keys as everybody may ask for them, without a token: storage is looked at once in ten seconds at the most.</summary>
public sealed class PublishedKeys(CheckpointKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly SharedValue<IReadOnlyList<PublicKey>> _keys =
        new(() => keys.ReadPublicKeysAsync(CancellationToken.None), throttle: TimeSpan.Zero, time);

    public async Task<IReadOnlyList<PublicKey>> ReadAsync() => (await _keys.GetAsync(since: time.GetUtcNow() - Fresh)).Value;
}
