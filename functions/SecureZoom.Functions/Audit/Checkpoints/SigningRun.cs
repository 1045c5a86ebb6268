namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>One run of the signer: its keys are read once, and only where there is something to sign.</summary>
internal sealed class SigningRun(CheckpointKeys keys, CancellationToken cancellationToken) : IDisposable
{
    private readonly Lazy<Task<SigningKeys>> _keys = new(() => keys.OpenAsync(cancellationToken));

    public Task<SigningKeys> OpenAsync() => _keys.Value;

    public void Dispose()
    {
        if (_keys is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            _keys.Value.Result.Dispose();
        }
    }
}
