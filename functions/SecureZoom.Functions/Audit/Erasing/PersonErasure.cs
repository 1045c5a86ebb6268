using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Revocations;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>
/// Carries erasures out: the trail first, then everything beside it, and for as long as something may be on its way, whatever comes. Each
/// step can be done again, so that a crash costs nothing but time.
/// </summary>
public sealed partial class PersonErasure
{
    /// <summary>How long something may be on its way: as long as a number that does not come is waited for.</summary>
    internal static readonly TimeSpan OnTheWay = GapSweep.Patience + TimeSpan.FromMinutes(10);

    /// <summary>Passes over what came meanwhile, until nothing has.</summary>
    private const int MostPasses = 20;

    private readonly AuditTrail _trail;
    private readonly TrailEraser _eraser;
    private readonly MessageEraser _messages;
    private readonly LegalHolds _holds;
    private readonly ErasureTable _table;
    private readonly IEnumerable<IPersonStore> _stores;
    private readonly EndedAccessList _access;
    private readonly TimeProvider _time;
    private readonly ILogger<PersonErasure> _logger;

    internal PersonErasure(
        AuditTrail trail,
        TrailEraser eraser,
        MessageEraser messages,
        LegalHolds holds,
        ErasureTable table,
        IEnumerable<IPersonStore> stores,
        EndedAccessList access,
        TimeProvider time,
        ILogger<PersonErasure> logger)
    {
        (_trail, _eraser, _messages, _holds) = (trail, eraser, messages, holds);
        (_table, _stores, _access, _time, _logger) = (table, stores, access, time, logger);
    }

    /// <summary>What the timer does: all whose time has come, one after the other.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (erasure, _) in (await _table.ReadAllAsync(cancellationToken)).Where(one => one.Erasure.IsDue(_time.GetUtcNow())))
            {
                await TryAsync(erasure, cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotRead(_logger, exception);
        }
    }

    /// <summary>Erases a person at once, on an operator's word.</summary>
    /// <returns>What came of it: also where a hold has stopped it half-way.</returns>
    /// <exception cref="ErasureException">It is refused, and nothing is destroyed.</exception>
    internal async Task<Erasure> ForgetAsync(string organization, string person, string reason, AuditActor by, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var key = await _table.KeyOfAsync(organization, person, cancellationToken);
        var erasure = new Erasure(Guid.CreateVersion7(now).ToString("N"), organization, person, key, reason, by, now, now, Erasure.Waiting) { IsOperators = true };
        await _table.AddAsync(erasure, cancellationToken);
        var carried = await CarryOutAsync(erasure.Id, organization, cancellationToken);
        return carried is { State: Erasure.Refused, Code: { } code } ? throw ErasureException.Of(code) : carried;
    }

    private async Task TryAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        try
        {
            await CarryOutAsync(erasure.Id, erasure.Organization, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(_logger, erasure.Id, erasure.Organization, exception);
        }
    }

    private async Task<Erasure> CarryOutAsync(string id, string organization, CancellationToken cancellationToken)
    {
        var (erasure, tag) = await _table.FindAsync(organization, id, cancellationToken) ?? throw new ErasureException(ErasureError.NotFound);
        // As it is now: it may have been withdrawn meanwhile.
        if (!erasure.IsDue(_time.GetUtcNow()))
        {
            return erasure;
        }

        if (erasure.State == Erasure.Watching)
        {
            var watched = await WatchAsync(erasure, cancellationToken);
            await _table.TryUpdateAsync(watched, tag, cancellationToken);
            return watched;
        }

        var begun = erasure with { State = Erasure.Running };
        if (await _table.TryUpdateAsync(begun, tag, cancellationToken) is not { } now)
        {
            throw new ErasureException(ErasureError.Begun);
        }

        var person = new NamedPerson(begun.Person!, begun.Known);
        var survey = await TrailSurvey.OfAsync(_trail, organization, person, cancellationToken);
        // What becomes of a withdrawal will be on record; where that is lost it counts as withdrawn.
        if (survey.IsBeingWithdrawn(id, since: _time.GetUtcNow() - OnTheWay))
        {
            throw new ErasureException(ErasureError.Begun);
        }

        // What is destroyed says nothing any more of who they are.
        var known = begun with { Known = person.Known };
        if (await _table.TryUpdateAsync(known, now, cancellationToken) is not { } kept)
        {
            throw new ErasureException(ErasureError.Begun);
        }

        var carried = await EraseAsync(known, person, survey, cancellationToken);
        await _table.TryUpdateAsync(carried, kept, cancellationToken);
        return carried;
    }

    private async Task<Erasure> EraseAsync(Erasure erasure, NamedPerson person, TrailSurvey survey, CancellationToken cancellationToken)
    {
        var organization = erasure.Organization;
        if (survey.IsWithdrawn(erasure.Id))
        {
            return erasure.Closed(Erasure.WasWithdrawn);
        }

        if (!person.IsSomebody)
        {
            return erasure.Closed(Erasure.Refused, ErasureException.PersonNotFound);
        }

        // An operator is who Azure has let in, by a name that is an address.
        if (erasure.By is { } by && (person.IsAccount(by.Issuer, by.Subject) || (by.Type is AuditActorTypes.Operator or AuditActorTypes.System && person.IsIn(by.Name ?? ""))))
        {
            return erasure.Closed(Erasure.Refused, ErasureException.SelfErasure);
        }

        var kept = new List<string>();
        try
        {
            var onHold = await ReadHoldsAsync(organization, person, survey, cancellationToken);
            var isOut = await IsOutAsync(organization, person, cancellationToken);
            var (authorities, lookedTo) = (new List<ErasureAuthority>(), 0L);
            for (var pass = 1; pass <= MostPasses; pass++)
            {
                var erased = await _eraser.EraseAsync(erasure, person, lookedTo + 1, before: null, isOut, onHold, cancellationToken);
                lookedTo = erased.LookedTo;
                authorities.AddRange(erased.Authorities.Where(one => authorities.All(other => other.Sequence != one.Sequence)));
                kept.AddRange(erased.Kept);
                if (pass > 1 && erased.Found.Count == 0)
                {
                    break;
                }

                if (pass == 1)
                {
                    await ForgetAsync(erasure, person, kept, isOut, cancellationToken);
                }
            }

            var done = erasure.With(authorities) with { State = Erasure.Watching, ErasedAt = _time.GetUtcNow(), LookedTo = lookedTo, Kept = kept };
            Log.Erased(_logger, erasure.Id, organization, done.Parts, done.Records);
            return done;
        }
        catch (ErasureException exception)
        {
            return await StoppedAsync(erasure with { Kept = kept }, exception.Code, cancellationToken);
        }
    }

    /// <summary>Refused, or where something is destroyed already, ended with what is.</summary>
    private async Task<Erasure> StoppedAsync(Erasure erasure, string code, CancellationToken cancellationToken)
    {
        // Before anybody is told of the hold by what became of the erasure.
        await _eraser.RecordRefusalAsync(erasure, code, cancellationToken);
        var (authorities, parts, records) = await _eraser.CountAsync(erasure, cancellationToken);
        if (authorities.Count == 0 && erasure.ErasedAt is null)
        {
            return erasure.Closed(Erasure.Refused, code);
        }

        Log.Stopped(_logger, erasure.Id, erasure.Organization, parts, records);
        return erasure.Closed(Erasure.Stopped, code) with { Authorities = authorities, Parts = parts, Records = records };
    }

    /// <summary>What was on its way then, and came since.</summary>
    private async Task<Erasure> WatchAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        var (person, isOver) = (new NamedPerson(erasure.Person!, erasure.Known), erasure.ErasedAt + OnTheWay < _time.GetUtcNow());
        try
        {
            return await WatchAsync(erasure, person, isOver, cancellationToken);
        }
        catch (ErasureException exception)
        {
            return await StoppedAsync(erasure, exception.Code, cancellationToken);
        }
    }

    private async Task<Erasure> WatchAsync(Erasure erasure, NamedPerson person, bool isOver, CancellationToken cancellationToken)
    {
        if (isOver || await _trail.ReadSizeAsync(erasure.Organization, cancellationToken) > erasure.LookedTo)
        {
            var survey = await TrailSurvey.OfAsync(_trail, erasure.Organization, person, cancellationToken);
            var onHold = await ReadHoldsAsync(erasure.Organization, person, survey, cancellationToken);
            var pass = await _eraser.EraseAsync(
                erasure, person, erasure.LookedTo + 1, erasure.ErasedAt, await IsOutAsync(erasure.Organization, person, cancellationToken), onHold, cancellationToken);
            erasure = erasure.With(pass.Authorities) with { LookedTo = pass.LookedTo };
        }

        await ForgetAsync(erasure, person, kept: [], isOut: false, cancellationToken);
        return isOver ? erasure.Closed(Erasure.Done) : erasure;
    }

    private async Task ForgetAsync(Erasure erasure, NamedPerson person, List<string> kept, bool isOut, CancellationToken cancellationToken)
    {
        foreach (var store in _stores)
        {
            kept.AddRange(await store.ForgetAsync(erasure.Organization, person, cancellationToken));
        }

        if (isOut)
        {
            kept.Add("their access has ended and stays so: what says it is in force");
        }

        await _messages.EraseAsync(erasure.Organization, person, erasure.IsOperators, cancellationToken);
    }

    private async Task<IReadOnlyList<LegalHold>> ReadHoldsAsync(
        string organization, NamedPerson person, TrailSurvey survey, CancellationToken cancellationToken)
    {
        var known = await _holds.ReadAsync(organization, cancellationToken);
        List<string> lost = [.. survey.HoldsAdded.Except(known.Select(hold => hold.Id))];
        if (lost.Count > 0)
        {
            // Somebody has taken a hold away, and nobody has lifted it.
            Log.HoldLost(_logger, organization, lost);
            throw new ErasureException(ErasureError.OnHold);
        }

        return await _holds.IsOnAsync(known, organization, person, cancellationToken) ? throw new ErasureException(ErasureError.OnHold) : known;
    }

    /// <summary>Whether somebody is kept out by more than a moment: whoever signs in now would be refused.</summary>
    private async Task<bool> IsOutAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        foreach (var (issuer, subject) in person.Accounts)
        {
            if (await _access.HasEndedAsync(new TokenToCheck(issuer, subject, organization, Session: null, DateTimeOffset.MaxValue), anyAge: true, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 231, Level = LogLevel.Warning, Message = "Erasure {Id} in the trail of {Organization} has destroyed {Parts} parts of {Records} records")]
        public static partial void Erased(ILogger _logger, string id, string organization, long parts, long records);

        [LoggerMessage(EventId = 232, Level = LogLevel.Error, Message = "Erasure {Id} in the trail of {Organization} could not be carried out now")]
        public static partial void Failed(ILogger _logger, string id, string organization, Exception exception);

        [LoggerMessage(EventId = 233, Level = LogLevel.Critical, Message = "A hold in the trail of {Organization} is gone that nobody has lifted: {Holds}; nothing is erased there")]
        public static partial void HoldLost(ILogger _logger, string organization, List<string> holds);

        [LoggerMessage(EventId = 236, Level = LogLevel.Error, Message = "Which erasures are due cannot be read now")]
        public static partial void NotRead(ILogger _logger, Exception exception);

        [LoggerMessage(EventId = 234, Level = LogLevel.Warning, Message = "Erasure {Id} in the trail of {Organization} was stopped by a hold after {Parts} parts of {Records} records")]
        public static partial void Stopped(ILogger _logger, string id, string organization, long parts, long records);
    }
}
