using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Caching;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.IdentityEvents;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Storage;

namespace SecureZoom.Functions.Health;

/// <summary>Looks whether what the app stands on answers, at most once in ten seconds however often it is asked.</summary>
public sealed class HealthCheck
{
    /// <summary>How many seconds a look is good for.</summary>
    public const int FreshSeconds = 10;

    private readonly AuditStorageProbe _storage;
    private readonly AuditQuarantine _quarantine;
    private readonly PoisonedMessages _poison;
    private readonly TrailFindings _findings;
    private readonly OrganizationDomains _domains;
    private readonly Deauthorizations _deauthorizations;
    private readonly WithdrawalList _withdrawals;
    private readonly EndedAccessList _access;
    private readonly CustomerList _customers;
    private readonly SourceHeartbeats _sources;
    private readonly RowSeal _seals;
    private readonly SecretStore _secrets;
    private readonly TimeProvider _time;
    private readonly SharedValue<HealthResponse> _look;

    public HealthCheck(
        AuditStorageProbe storage,
        AuditQuarantine quarantine,
        PoisonedMessages poison,
        TrailFindings findings,
        OrganizationDomains domains,
        Deauthorizations deauthorizations,
        WithdrawalList withdrawals,
        EndedAccessList access,
        CustomerList customers,
        SourceHeartbeats sources,
        RowSeal seals,
        SecretStore secrets,
        TimeProvider time)
    {
        (_storage, _quarantine, _poison, _findings, _domains, _deauthorizations) = (storage, quarantine, poison, findings, domains, deauthorizations);
        (_withdrawals, _access, _customers, _sources, _seals, _secrets, _time) = (withdrawals, access, customers, sources, seals, secrets, time);
        _look = new(LookNowAsync, throttle: TimeSpan.Zero, time);
    }

    /// <summary>What the last look found, or a new one.</summary>
    public async Task<HealthResponse> CheckAsync() =>
        (await _look.GetAsync(since: _time.GetUtcNow() - TimeSpan.FromSeconds(FreshSeconds))).Value;

    private async Task<HealthResponse> LookNowAsync()
    {
        var (quarantineIsEmpty, poisonIsEmpty) = (true, true);
        var (trailsAreWrong, domainsAreContested, isDeauthorized, sourcesAreSilent, accessIsFull) = (false, false, false, false, false);
        (string Name, Func<CancellationToken, Task> Look)[] parts =
        [
            (HealthNames.AuditQueue, _storage.QueueAsync),
            (HealthNames.AuditQueue, async cancellationToken => poisonIsEmpty = await _poison.IsEmptyAsync(cancellationToken)),
            (HealthNames.AuditTable, async cancellationToken => trailsAreWrong = await _findings.AreOpenAsync(cancellationToken)),
            (HealthNames.AuditBlobs, async cancellationToken => quarantineIsEmpty = await _quarantine.IsEmptyAsync(cancellationToken)),
            (HealthNames.AccessTable, async cancellationToken => domainsAreContested = await _domains.AreContestedAsync(cancellationToken)),
            (HealthNames.AccessTable, async cancellationToken => isDeauthorized = await _deauthorizations.AnyAsync(cancellationToken)),
            (HealthNames.AccessTable, async cancellationToken => sourcesAreSilent = await _sources.AreSilentAsync(cancellationToken)),
            (HealthNames.Withdrawals, async cancellationToken => await _withdrawals.CheckAsync(cancellationToken)),
            (HealthNames.EndedAccess, async cancellationToken => accessIsFull = await _access.IsFullAsync(cancellationToken)),
            (HealthNames.Customers, async cancellationToken => await _customers.CheckAsync(cancellationToken)),
            (HealthNames.Secrets, async cancellationToken => await _secrets.CurrentAsync(SecretNames.AuditMessageKey, cancellationToken)),
        ];
        var answers = await Task.WhenAll(parts.Select(part => AnswersAsync(part.Look)));
        string[] down = [.. parts.Zip(answers).Where(part => !part.Second).Select(part => part.First.Name).Distinct()];
        (string Name, bool IsSo)[] findings =
        [
            (HealthNames.AuditTrail, trailsAreWrong), (HealthNames.AuditQuarantine, !quarantineIsEmpty), (HealthNames.AuditPoison, !poisonIsEmpty), (HealthNames.EmailDomains, domainsAreContested),
            (HealthNames.EndedAccessFull, accessIsFull), (HealthNames.IdentityEvents, sourcesAreSilent), (HealthNames.SealedRows, _seals.Broken), (HealthNames.ZoomApp, isDeauthorized),
        ];
        string[] attention = [.. findings.Where(finding => finding.IsSo).Select(finding => finding.Name)];
        return new HealthResponse(
            down.Length == 0 ? "ok" : "down", down.Length == 0 ? null : down, attention.Length == 0 ? null : attention);
    }

    private async Task<bool> AnswersAsync(Func<CancellationToken, Task> look)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            using var timeout = new CancellationTokenSource(StorageConnection.Timeout, _time);
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
