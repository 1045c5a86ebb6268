using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Revocations;

namespace SecureZoom.Functions.Access;

/// <summary>Ends the access of an organisation's people, and lifts what ended it. All of it is recorded.</summary>
public sealed class RevocationDesk
{
    private const int MaxPerson = 256;
    private const int MaxReason = 200;

    private readonly EndedAccessList _access;
    private readonly AuditRecorder _audit;
    private readonly KnownPerson _people;
    private readonly TimeProvider _time;

    internal RevocationDesk(EndedAccessList access, AuditRecorder audit, KnownPerson people, TimeProvider time) =>
        (_access, _audit, _people, _time) = (access, audit, people, time);

    /// <summary>Signs a person out everywhere, or ends a session: here at once, on every instance within 15 seconds.</summary>
    /// <exception cref="RequestException">Neither one person nor one session, or the organisation has ended too many.</exception>
    /// <exception cref="PersonNotFoundException">Nobody of that address is known.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no intent, so nothing has ended.</exception>
    public async Task<RevocationResponse> RevokeAsync(CallContext call, RevocationRequest request, CancellationToken cancellationToken)
    {
        Check(request);
        var (caller, now) = (call.Caller, _time.GetUtcNow());
        if (!await _access.HasRoomForAsync(caller.OrganizationId, cancellationToken))
        {
            throw new RequestException(RequestError.TooMany, $"{EndedAccessList.MostOfOne} are out already; lift some.") { RetryAfter = TimeSpan.FromHours(1) };
        }

        var (meant, isPartial) = request.Session is { } session
            ? ([(caller.Issuer, Subject: session)], false)
            : await _people.FindAsync(caller.OrganizationId, caller.Issuer, request.Person!, cancellationToken);
        // Several accounts of an address are lifted together, by an id of the call's own: what ends one of them alone later is not theirs.
        var together = meant.Count switch
        {
            0 => throw new PersonNotFoundException(),
            1 => null,
            _ => Guid.NewGuid().ToString("N"),
        };
        var changes = meant.Select(one => Change(call, one, request, now, together)).ToList();
        var id = together ?? await _access.IdOfAsync(changes[0], cancellationToken);
        var told = RecordedAccess.Write(changes);
        var operation = CallEvents.NewOperation();
        await _audit.RecordAsync(Event(call, now, AuditActions.AccessRevoke, AuditOutcomes.Intent, id, request, told) with { Operation = operation }, cancellationToken);
        await _access.ApplyAsync(changes, cancellationToken);
        await _audit.RecordOutcomeAsync(Event(call, now, AuditActions.AccessRevoked, AuditOutcomes.Success, id, request, told) with { Operation = operation });
        return await DescribeAsync(caller.OrganizationId, id, request, meant, cancellationToken) with { Partial = isPartial ? true : null };
    }

    /// <summary>What has ended in the caller's organisation, the newest first.</summary>
    public async Task<RevocationListResponse> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        new([.. (await _access.ListAsync(caller.OrganizationId, cancellationToken)).Select(View)]);

    /// <summary>Lifts what ended somebody's access, of all that one call has ended: tokens are taken again.</summary>
    /// <exception cref="RevocationNotFoundException">The organisation has none of that id.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no intent, so nothing was lifted.</exception>
    public async Task LiftAsync(CallContext call, string id, CancellationToken cancellationToken)
    {
        var meant = (await _access.ListAsync(call.Caller.OrganizationId, cancellationToken)).Where(one => one.IsLiftedBy(id)).ToList();
        var ended = meant.MaxBy(one => one.Id == id) ?? throw new RevocationNotFoundException();
        var request = new RevocationRequest
        {
            Person = ended.Kind == EndedAccessKind.Session ? null : ended.Subject,
            Session = ended.Kind == EndedAccessKind.Session ? ended.Subject : null,
            Reason = ended.Reason,
        };
        var (now, operation) = (_time.GetUtcNow(), CallEvents.NewOperation());
        var intent = Event(call, now, AuditActions.AccessRestore, AuditOutcomes.Intent, id, request, told: null);
        if (meant.Count > 1)
        {
            // Not as what is told of the list, which an intent does not change.
            intent.Details!["accounts"] = new JsonArray([.. meant.Select(one => new JsonObject { ["issuer"] = one.Issuer, ["user"] = new JsonObject { ["id"] = one.Subject } })]);
        }

        await _audit.RecordAsync(intent with { Operation = operation }, cancellationToken);
        if (await _access.LiftAsync(call.Caller.OrganizationId, id, cancellationToken) is { Count: > 0 } lifted)
        {
            await _audit.RecordOutcomeAsync(
                Event(call, now, AuditActions.AccessRestored, AuditOutcomes.Success, id, request, RecordedAccess.Write(lifted.Select(one => one.ToChange()), at: true)) with { Operation = operation });
        }
        else
        {
            // Somebody else was faster, or it has given way meanwhile.
            throw new RevocationNotFoundException();
        }
    }

    private static void Check(RevocationRequest request)
    {
        if (request.Person is null == request.Session is null)
        {
            throw new RequestException(RequestError.Invalid, "Name either a person or a session.");
        }

        if ((request.Person ?? request.Session) is not { Length: > 0 and <= MaxPerson })
        {
            throw new RequestException(RequestError.Invalid, $"person and session have 1 to {MaxPerson} characters.");
        }

        if ($"{request.Person}{request.Session}{request.Reason}".Any(char.IsControl))
        {
            throw new RequestException(RequestError.Invalid, "person, session and reason have no control characters.");
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > MaxReason)
        {
            throw new RequestException(RequestError.Invalid, $"reason has 1 to {MaxReason} characters.");
        }
    }

    /// <summary>Only tokens of the caller's own organisation are meant, whoever else has people of that subject.</summary>
    private static EndedAccessChange Change(CallContext call, (string Issuer, string Subject) meant, RevocationRequest request, DateTimeOffset now, string? together) =>
        new(request.Session is null ? EndedAccessKind.SignedOut : EndedAccessKind.Session, Ends: true, meant.Issuer, meant.Subject, now)
        {
            Reach = call.Caller.OrganizationId,
            Organization = call.Caller.OrganizationId,
            Reason = request.Reason,
            By = call.Caller.Name ?? call.Caller.VerifiedEmail?.Text ?? call.Caller.Pseudonym,
            With = together,
        };

    /// <summary>Who ended it, by the record of it.</summary>
    internal static string NameOf(AuditActor actor) => actor.Name ?? actor.Email ?? Caller.PseudonymOf(actor.Issuer, actor.Subject);

    private static AuditEvent Event(
        CallContext call, DateTimeOffset now, string action, string outcome, string id, RevocationRequest request, JsonArray? told)
    {
        var target = new JsonObject();
        if (request.Person is { } person)
        {
            target[EmailAddress.Parse(person) is null ? "subject" : "email"] = person;
        }

        var details = new JsonObject { ["revocation"] = id, ["session"] = request.Session, ["note"] = request.Reason };
        if (target.Count > 0)
        {
            details["target"] = target;
        }

        if (told is not null)
        {
            details[RecordedAccess.Member] = told.DeepClone();
        }

        return call.Event(now, action, outcome, new AuditTarget(request.Session is null ? "person" : "session"), details: details);
    }

    private async Task<RevocationResponse> DescribeAsync(
        string organization, string id, RevocationRequest request, IReadOnlyList<(string Issuer, string Subject)> meant, CancellationToken cancellationToken)
    {
        var (signatures, addresses) = (new List<OpenSignature>(), new List<EmailAddress>());
        foreach (var subject in request.Session is null ? meant.Select(one => one.Subject).Distinct() : [])
        {
            var known = await _people.SignaturesAsync(organization, subject, cancellationToken);
            signatures.AddRange(known.Signatures);
            addresses.AddRange(known.Addresses);
        }

        return new RevocationResponse(id, addresses.Count == 0 ? [] : await _people.MeetingsAsync(organization, addresses, cancellationToken), signatures);
    }

    private static RevocationView View(EndedAccess ended)
    {
        var isSession = ended.Kind == EndedAccessKind.Session;
        return new RevocationView(
            ended.Id, KindName(ended.Kind), isSession ? null : ended.Subject, isSession ? ended.Subject : null, ended.Reason, ended.By, ended.At, ended.With);
    }

    private static string KindName(EndedAccessKind kind) => kind switch
    {
        EndedAccessKind.SignedOut => "signed_out",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
