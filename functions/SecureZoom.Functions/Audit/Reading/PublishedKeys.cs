using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Caching;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>The public keys as everybody may ask for them, without a token: storage is looked at once in ten seconds at the most.</summary>
public sealed class PublishedKeys(CheckpointKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly SharedValue<TrustedKeys> _keys =
        new(() => keys.ReadTrustedAsync(CancellationToken.None), throttle: TimeSpan.Zero, time);

    public async Task<TrustedKeys> ReadAsync() => (await _keys.GetAsync(since: time.GetUtcNow() - Fresh)).Value;
}
