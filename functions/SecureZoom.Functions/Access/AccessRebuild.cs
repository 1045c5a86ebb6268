using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Access;

/// <summary>
/// Makes the list of ended access anew from the trails where it is not whole: at an instance's start, before a token is taken. The same trails give
/// the same list, however often and by however many instances at once.
/// </summary>
/// <remarks>
/// Every trail is verified. Of an organisation whose trail does not verify nobody knows who is out, so everybody there has to sign in again.
/// </remarks>
internal sealed partial class AccessRebuild(
    EndedAccessList access,
    AuditTrail trail,
    TrailList list,
    CheckpointStore checkpoints,
    CheckpointKeys keys,
    StoredTrailVerifier verifier,
    TrustedIssuers issuers,
    TimeProvider time,
    ILogger<AccessRebuild> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (!await TryAsync(stoppingToken) && await timer.WaitForNextTickAsync(stoppingToken))
        {
        }
    }

    /// <summary>Whether the list is whole, by now.</summary>
    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await access.IsWholeAsync(cancellationToken))
            {
                await RebuildAsync(cancellationToken);
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, it is tried again, and until then no token is taken.
            Log.Failed(logger, exception.GetType().Name);
            return false;
        }
    }

    private async Task RebuildAsync(CancellationToken cancellationToken)
    {
        var changes = new List<EndedAccessChange>();
        var organizations = await FindTrailsAsync(cancellationToken);
        foreach (var organization in organizations)
        {
            changes.AddRange(await ReadAsync(organization, cancellationToken));
        }

        await access.CompleteAsync(changes, cancellationToken);
        Log.Rebuilt(logger, organizations.Count, changes.Count);
    }

    /// <summary>Those that are listed, and those that somebody has taken off the list, by their checkpoints.</summary>
    private async Task<IReadOnlyList<string>> FindTrailsAsync(CancellationToken cancellationToken)
    {
        string[] listed = [.. (await list.ReadAsync(cancellationToken)).Select(one => one.Organization)];
        var others = await checkpoints.FindOthersAsync(listed, cancellationToken);
        return others.Count == 0
            ? listed
            : [.. listed, .. await checkpoints.ReadOrganizationsAsync(others, await keys.ReadTrustedAsync(cancellationToken), cancellationToken)];
    }

    private async Task<IReadOnlyList<EndedAccessChange>> ReadAsync(string organization, CancellationToken cancellationToken)
    {
        var verdict = await verifier.VerifyAsync(organization, from: null, to: null, cancellationToken);
        var changes = new List<EndedAccessChange>();
        await foreach (var stored in trail.ReadUpAsync(organization, 1, long.MaxValue, cancellationToken))
        {
            var record = AuditReader.Read(organization, stored);
            changes.AddRange(AccessInTrail.ChangesOf(organization, record.Actor, record.Source, record.Action, record.OccurredAt, record.Details));
        }

        if (!verdict.Valid)
        {
            Log.NotVerified(logger, organization, verdict.Problems[0].Code);
            changes.AddRange(issuers.Of(organization).Select(issuer => Everybody(issuer, organization)));
        }

        return changes;
    }

    private EndedAccessChange Everybody(string issuer, string organization)
    {
        var isNobodyS = organization == OrganizationId.Unassigned;
        return new EndedAccessChange(EndedAccessKind.Everybody, Ends: true, issuer, Subject: "", time.GetUtcNow())
        {
            Reach = isNobodyS ? EndedAccessChange.Everywhere : organization,
            Organization = isNobodyS ? null : organization,
            Reason = "trail_not_verified",
            By = "app",
        };
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 132, Level = LogLevel.Error, Message = "{Failure}: the list of ended access is not whole and cannot be made anew from the trails; until then no token is taken")]
        public static partial void Failed(ILogger logger, string failure);

        [LoggerMessage(EventId = 133, Level = LogLevel.Warning, Message = "The list of ended access was not there and is made anew, from {Trails} trails and {Changes} changes in them")]
        public static partial void Rebuilt(ILogger logger, int trails, int changes);

        [LoggerMessage(EventId = 134, Level = LogLevel.Critical, Message = "The trail of {Organization} does not verify ({Problem}): who is out there is not known, so everybody there has to sign in again")]
        public static partial void NotVerified(ILogger logger, string organization, string problem);
    }
}
