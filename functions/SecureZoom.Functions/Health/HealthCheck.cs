using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Health;

/// <summary>Looks whether what the app stands on answers, at most once in ten seconds however often it is asked.</summary>
public sealed class HealthCheck(AuditStorageProbe storage, AuditQuarantine quarantine, SecretStore secrets, TimeProvider time)
{
    /// <summary>How long a look is good for.</summary>
    public const string FreshSeconds = "10";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Task<HealthResponse>? _look;
    private DateTimeOffset _lookedAt;

    /// <summary>What the last look found, or a new one.</summary>
    public Task<HealthResponse> CheckAsync()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_look is null || (_look.IsCompleted && now - _lookedAt >= Fresh))
            {
                _lookedAt = now;
                _look = LookNowAsync();
            }

            return _look;
        }
    }

    private async Task<HealthResponse> LookNowAsync()
    {
        var quarantineIsEmpty = true;
        (string Name, Func<CancellationToken, Task> Look)[] parts =
        [
            ("audit-queue", storage.QueueAsync),
            ("audit-table", storage.TablesAsync),
            ("audit-blobs", async cancellationToken => quarantineIsEmpty = await quarantine.IsEmptyAsync(cancellationToken)),
            ("secrets", async cancellationToken => await secrets.CurrentAsync(SecretNames.AuditMessageKey, cancellationToken)),
        ];
        var answers = await Task.WhenAll(parts.Select(part => AnswersAsync(part.Look)));
        string[] down = [.. parts.Zip(answers).Where(part => !part.Second).Select(part => part.First.Name)];
        return new HealthResponse(
            down.Length == 0 ? "ok" : "down", down.Length == 0 ? null : down, quarantineIsEmpty ? null : ["audit-quarantine"]);
    }

    private async Task<bool> AnswersAsync(Func<CancellationToken, Task> look)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            using var timeout = new CancellationTokenSource(StorageConnection.Timeout, time);
            await look(timeout.Token);
            return true;
        }
        catch (Exception)
        {
            // Why it does not answer is in the logs of the part itself; here it only matters that it does not.
            return false;
        }
    }
}
