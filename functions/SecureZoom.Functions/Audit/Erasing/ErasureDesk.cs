using System.Globalization;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;

namespace SecureZoom.Functions.Audit.Erasing;

/// <summary>Takes down that an organisation wants one of its people erased, shows what waits, and lets it be withdrawn. All of it is on record.</summary>
public sealed class ErasureDesk
{
    /// <summary>How long an erasure waits, so that it is seen.</summary>
    internal static readonly TimeSpan Wait = TimeSpan.FromHours(72);

    private const int MaxPerson = 256;
    private const int MaxReason = 200;
    private const int MostWaiting = 1_000;

    /// <summary>How many of the newest records are looked through for what else the person is called.</summary>
    private const int MostLookedThrough = 2_000;

    private readonly ErasureTable _table;
    private readonly LegalHolds _holds;
    private readonly AuditTrail _trail;
    private readonly AuditRecorder _audit;
    private readonly TimeProvider _time;

    internal ErasureDesk(ErasureTable table, LegalHolds holds, AuditTrail trail, AuditRecorder audit, TimeProvider time) =>
        (_table, _holds, _trail, _audit, _time) = (table, holds, trail, audit, time);

    /// <exception cref="ErasureException">It is the caller, nobody, or on hold.</exception>
    /// <exception cref="AuditUnavailableException">It is not on record, so nothing is erased.</exception>
    public async Task<ErasureView> RequestAsync(CallContext call, ErasureRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        var (organization, person, now) = (call.Caller.OrganizationId, new NamedPerson(request.Person), _time.GetUtcNow());
        CheckNotOneself(call, person);
        await CheckPersonAsync(organization, person, cancellationToken);
        // By another name, which the trail has told.
        CheckNotOneself(call, person);
        if (person.IsIn(request.Reason))
        {
            throw new RequestException(RequestError.Invalid, "reason does not name the person: it stays on record.");
        }

        var key = await _table.KeyOfAsync(organization, request.Person, cancellationToken);
        var erasure = new Erasure(
            Guid.CreateVersion7(now).ToString("N"), organization, person.Called, key, request.Reason, call.Event(now, "", "").Actor, now, now + Wait, Erasure.Waiting);
        if (await AreOnHoldAsync(organization, person, cancellationToken))
        {
            // That there is a hold is told to nobody of whom the trail does not say so.
            await _audit.RecordAsync(
                Event(call, AuditActions.AuditErasureRequest, AuditOutcomes.Failure, erasure, CallEvents.NewOperation(), AuditReasons.LegalHold), cancellationToken);
            throw new ErasureException(ErasureError.OnHold);
        }

        var (first, turn) = await FirstAsync(erasure, person, cancellationToken);
        if (first is not null)
        {
            // Whoever asks again, by whatever name, is told of the first.
            return ErasureView.Of(first);
        }

        var operation = CallEvents.NewOperation();
        await _audit.RecordAsync(Event(call, AuditActions.AuditErasureRequest, AuditOutcomes.Intent, erasure, operation), cancellationToken);
        try
        {
            while (first is null && !await _table.TryAddAsync(erasure, turn, cancellationToken))
            {
                // Somebody else has asked meanwhile: for the same person, or for another, and then it is our turn.
                (first, turn) = await FirstAsync(erasure, person, cancellationToken);
            }
        }
        catch (Exception)
        {
            await _audit.RecordOutcomeAsync(Event(call, AuditActions.AuditErasureRequest, AuditOutcomes.Failure, erasure, operation, AuditReasons.Unavailable));
            throw;
        }

        var isOurs = first is null || first.Id == erasure.Id;
        await _audit.RecordOutcomeAsync(isOurs
            ? Event(call, AuditActions.AuditErasureRequested, AuditOutcomes.Success, erasure, operation)
            : Event(call, AuditActions.AuditErasureRequest, AuditOutcomes.Failure, erasure, operation, AuditReasons.AlreadyRequested));
        return ErasureView.Of(first ?? erasure);
    }

    /// <summary>The first of the open ones that is of the same person; where there is none, what the next one is added by.</summary>
    /// <exception cref="RequestException">Too many are waiting.</exception>
    private async Task<(Erasure? First, Azure.ETag? Turn)> FirstAsync(Erasure asked, NamedPerson person, CancellationToken cancellationToken)
    {
        var (erasures, turn) = await _table.ReadForTurnAsync(asked.Organization, cancellationToken);
        var open = erasures.Where(one => one.State is Erasure.Waiting or Erasure.Running).ToList();
        var first = open.FirstOrDefault(one => one.Key == asked.Key || (one.Person is { } other && person.IsKey(other)));
        return first is null && open.Count(one => one.State == Erasure.Waiting) >= MostWaiting
            ? throw new RequestException(RequestError.TooMany, $"{MostWaiting} erasures are waiting already.") { RetryAfter = TimeSpan.FromHours(1) }
            : (first, turn);
    }

    /// <summary>The organisation's, the newest first.</summary>
    public async Task<ErasureList> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        new([.. (await _table.ReadAsync(caller.OrganizationId, cancellationToken)).Select(one => ErasureView.Of(one.Erasure))]);

    /// <exception cref="ErasureException">There is none of that id.</exception>
    public async Task<ErasureView> ReadAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ErasureView.Of((await FindAsync(caller, id, cancellationToken)).Erasure);

    /// <summary>What is withdrawn is never carried out.</summary>
    /// <exception cref="ErasureException">There is none of that id, or it has begun.</exception>
    public async Task WithdrawAsync(CallContext call, string id, CancellationToken cancellationToken)
    {
        var (erasure, tag) = await FindAsync(call.Caller, id, cancellationToken);
        if (erasure.State != Erasure.Waiting)
        {
            throw new ErasureException(ErasureError.Begun);
        }

        // First, so that whoever puts the row back as it was puts nothing back: while nothing says that it failed, nothing is erased.
        var operation = CallEvents.NewOperation();
        await _audit.RecordAsync(Event(call, AuditActions.AuditErasureWithdraw, AuditOutcomes.Intent, erasure, operation), cancellationToken);
        if (await _table.TryUpdateAsync(erasure.Closed(Erasure.WasWithdrawn), tag, cancellationToken) is null)
        {
            await _audit.RecordOutcomeAsync(Event(call, AuditActions.AuditErasureWithdraw, AuditOutcomes.Failure, erasure, operation, AuditReasons.ErasureBegun));
            throw new ErasureException(ErasureError.Begun);
        }

        await _audit.RecordOutcomeAsync(Event(call, AuditActions.AuditErasureWithdrawn, AuditOutcomes.Success, erasure, operation));
    }

    private static void Check(ErasureRequest request)
    {
        if (request.Person.Trim().Length is 0 or > MaxPerson)
        {
            throw new RequestException(RequestError.Invalid, $"person is an address or a subject of {MaxPerson} characters at the most.");
        }

        if (HasControls(request.Person) || HasControls(request.Reason))
        {
            throw new RequestException(RequestError.Invalid, "person and reason have no control characters.");
        }

        if (request.Reason.Trim().Length is 0 or > MaxReason)
        {
            throw new RequestException(RequestError.Invalid, $"reason is a sentence of {MaxReason} characters at the most.");
        }
    }

    private static bool HasControls(string text) => text.Any(char.IsControl);

    private static void CheckNotOneself(CallContext call, NamedPerson person)
    {
        if (person.IsAccount(call.Caller.Issuer, call.Caller.Subject) || person.IsAddress(call.Caller.Email))
        {
            throw new ErasureException(ErasureError.Oneself);
        }
    }

    /// <summary>What is no address is a person whom a verified sign-in has told of. Of whoever it is the newest records tell other names.</summary>
    private async Task CheckPersonAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var newest = await _trail.ReadSizeAsync(organization, cancellationToken) - MostLookedThrough + 1;
        await LearnAsync(organization, person, Math.Max(1, newest), until: _ => false, cancellationToken);
        if (!person.IsSomebody)
        {
            await LearnAsync(organization, person, first: 1, until: known => known.IsSomebody, cancellationToken);
        }

        if (!person.IsSomebody)
        {
            throw new ErasureException(ErasureError.PersonNotFound);
        }
    }

    private async Task LearnAsync(string organization, NamedPerson person, long first, Func<NamedPerson, bool> until, CancellationToken cancellationToken)
    {
        await foreach (var stored in _trail.ReadOwnAsync(organization, first, cancellationToken))
        {
            if (stored.Line is { } line && PersonParts.Of(line.Record) is { } parts)
            {
                person.Learn([.. parts.Sightings()]);
                if (until(person))
                {
                    return;
                }
            }
        }
    }

    /// <summary>As far as what the caller calls them tells; all that the trail knows is looked at before anything is destroyed.</summary>
    private async Task<bool> AreOnHoldAsync(string organization, NamedPerson person, CancellationToken cancellationToken)
    {
        var holds = await _holds.ReadAsync(organization, cancellationToken);
        var isOnHold = await _holds.IsOnAsync(holds, organization, person, cancellationToken);
        foreach (var hold in holds.Where(hold => hold.Key is null))
        {
            isOnHold = isOnHold || await _trail.ReadOwnAsync(organization, hold.First!.Value, cancellationToken, hold.Last!.Value)
                .AnyAsync(stored => stored.Line is { } line && PersonParts.Of(line.Record) is { } parts && parts.Of(person).Count > 0, cancellationToken);
        }

        return isOnHold;
    }

    private async Task<(Erasure Erasure, Azure.ETag Tag)> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var isId = id.Length == 32 && id.All(char.IsAsciiHexDigitLower);
        return (isId ? await _table.FindAsync(caller.OrganizationId, id, cancellationToken) : null) ?? throw new ErasureException(ErasureError.NotFound);
    }

    private AuditEvent Event(CallContext call, string action, string outcome, Erasure erasure, string operation, string? reason = null) => call.Event(
        _time.GetUtcNow(),
        action,
        outcome,
        new AuditTarget("erasure", erasure.Id),
        reason,
        details: new JsonObject
        {
            ["key"] = erasure.Key,
            ["note"] = erasure.Reason,
            ["expiresAt"] = erasure.DueAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        }) with
    {
        Operation = operation,
    };
}
