using System.Text.Json.Nodes;
using Azure;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>An organisation's meetings: who may, then Zoom, then the registry; each change with its intent and outcome in the trail.</summary>
public sealed class MeetingService(
    MeetingRegistry registry,
    MeetingReadings readings,
    CreateIntents intents,
    ZoomAccounts zoom,
    ZoomApi api,
    AuditRecorder audit,
    TimeProvider time)
{
    /// <summary>The meeting as Zoom has it, with its passcode.</summary>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no passcode.</exception>
    public async Task<MeetingView> GetAsync(CallContext call, MeetingNumber number, CancellationToken cancellationToken)
    {
        call.Caller.Require(Permissions.MeetingsJoin);
        var known = await FindAsync(call.Caller, number, cancellationToken);
        var meeting = await ReadAsync(call.Caller, known, cancellationToken);
        await audit.RecordAsync(Event(call, AuditActions.PasscodeIssued, AuditOutcomes.Success, known with { Snapshot = meeting }), cancellationToken);
        return meeting;
    }

    /// <summary>The meeting as Zoom has it, with its passcode, for a record of the caller's own.</summary>
    internal async Task<MeetingView> ReadAsync(Caller caller, RegisteredMeeting known, CancellationToken cancellationToken)
    {
        var meeting = await RequireAtZoomAsync(known, readings.GetAsync(known, cancellationToken));
        return MeetingMapping.View(caller, known, meeting, time.GetUtcNow()) with { Password = meeting.Password };
    }

    /// <exception cref="RequestException">A member out of range.</exception>
    /// <exception cref="AccessException">The caller may not host, or not choose that host.</exception>
    /// <exception cref="StorageUnavailableException">Which e-mail domains are the organisation's is not known.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no intent, so nothing was created.</exception>
    public async Task<MeetingView> CreateAsync(CallContext call, CreateMeeting request, CancellationToken cancellationToken)
    {
        MeetingRules.Check(request, call.Caller);
        var host = MeetingHost.Of(call.Caller, request);
        var (account, operation) = (zoom.Of(call.Caller.OrganizationId), CallEvents.NewOperation());
        await audit.RecordAsync(
            Event(call, AuditActions.MeetingCreate, AuditOutcomes.Intent, request.Topic, number: null, MeetingMapping.Details(request, host)) with { Operation = operation },
            cancellationToken);
        try
        {
            await intents.AddAsync(account, new CreateIntent(call.Caller.OrganizationId, host, request.Topic), cancellationToken);
            // From here on it does not matter any more whether the caller still waits.
            var asked = time.GetUtcNow();
            var created = await api.CreateMeetingAsync(account, host, MeetingMapping.Change(request), CancellationToken.None);
            var done = new MeetingOperation(operation, ZoomEventNames.MeetingCreated, asked, time.GetUtcNow()) { Uuid = created.Uuid };
            var meeting = await RegisterAsync(call, account, created, done);
            await audit.RecordOutcomeAsync(
                Event(call, AuditActions.MeetingCreated, AuditOutcomes.Success, request.Topic, meeting.Number, MeetingMapping.Details(request, host)) with { Operation = operation });
            return MeetingMapping.View(call.Caller, meeting, created, time.GetUtcNow()) with { Notes = MeetingMapping.Notes(request.Settings, created.Settings) };
        }
        catch (Exception exception)
        {
            var left = (exception as UnfinishedCreateException)?.Number;
            await RecordFailureAsync(call, AuditActions.MeetingCreate, request.Topic, left, exception, MeetingMapping.Details(request, host), operation);
            throw;
        }
    }

    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    /// <exception cref="StorageUnavailableException">No manager, and whether the host is not known.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no intent, so nothing was changed.</exception>
    public async Task<MeetingView> UpdateAsync(CallContext call, MeetingNumber number, UpdateMeeting change, CancellationToken cancellationToken)
    {
        MeetingRules.Check(change, call.Caller);
        var known = await FindManagedAsync(call.Caller, number, cancellationToken);
        var asked = time.GetUtcNow();
        MeetingRules.CheckFor(known.Snapshot, change = MeetingTimes.WithStart(known.Snapshot, change, asked), asked);
        ZoomMeeting? meeting = null;
        var done = await ChangeAsync(
            call, known, AuditActions.MeetingUpdate, AuditActions.MeetingUpdated, MeetingMapping.Details(change),
            async account => meeting = await api.UpdateMeetingAsync(account, number, MeetingMapping.Change(change), CancellationToken.None),
            cancellationToken);
        // Zoom has taken the change: where it does not say what the meeting is now, that is known all the same.
        var updated = known.As(meeting ?? MeetingMapping.Applied(known.Snapshot, change));
        await registry.UpdateAsync(updated, asked, CancellationToken.None, done with { Asked = MeetingValues.Asked(change, meeting) });
        var now = time.GetUtcNow();
        var view = meeting is null ? MeetingMapping.View(call.Caller, updated.At(now)) : MeetingMapping.View(call.Caller, updated, meeting, now);
        return view with { Notes = MeetingMapping.Notes(change.Settings, view.Settings) };
    }

    /// <inheritdoc cref="UpdateAsync"/>
    public async Task DeleteAsync(CallContext call, MeetingNumber number, CancellationToken cancellationToken)
    {
        var known = Managed(call.Caller, number, await registry.FindUnfinishedAsync(call.Caller.OrganizationId, number, cancellationToken));
        var isOurs = false;
        var done = await ChangeAsync(
            call, known, AuditActions.MeetingDelete, AuditActions.MeetingDeleted, details: null,
            async account => isOurs = !known.IsClosed && await TryDeleteAtZoomAsync(account, number),
            cancellationToken);
        await registry.RemoveAsync(known, CancellationToken.None, isOurs ? done : null);
    }

    /// <inheritdoc cref="UpdateAsync"/>
    public async Task EndAsync(CallContext call, MeetingNumber number, CancellationToken cancellationToken)
    {
        var known = await FindManagedAsync(call.Caller, number, cancellationToken);
        var done = await ChangeAsync(
            call, known, AuditActions.MeetingEnd, AuditActions.MeetingEnded, details: null,
            account => api.EndMeetingAsync(account, number, CancellationToken.None),
            cancellationToken);
        await TryNoteAsync(known, done);
    }

    /// <summary>The organisation's meeting, for whoever manages it.</summary>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    internal async Task<RegisteredMeeting> FindManagedAsync(Caller caller, MeetingNumber number, CancellationToken cancellationToken) =>
        await RequireOpenAsync(Managed(caller, number, await registry.FindUnfinishedAsync(caller.OrganizationId, number, cancellationToken)));

    /// <summary>As <see cref="FindManagedAsync"/>, also where the meeting is past.</summary>
    /// <inheritdoc cref="FindManagedAsync"/>
    internal async Task<RegisteredMeeting> FindManagedPastAsync(Caller caller, MeetingNumber number, CancellationToken cancellationToken) =>
        Managed(caller, number, await registry.FindPastAsync(caller.OrganizationId, number, cancellationToken));

    /// <summary>The meeting as Zoom has it now.</summary>
    /// <exception cref="MeetingNotFoundException">It is gone there, and with that here.</exception>
    internal Task<ZoomMeeting> GetFromZoomAsync(RegisteredMeeting known, CancellationToken cancellationToken) =>
        RequireAtZoomAsync(known, api.GetMeetingAsync(zoom.ById(known.AccountId), known.Number, cancellationToken));

    private async Task<ZoomMeeting> RequireAtZoomAsync(RegisteredMeeting known, Task<ZoomMeeting> reading)
    {
        try
        {
            return await reading;
        }
        catch (ZoomException exception) when (exception.NoSuchMeeting)
        {
            await TryCloseAsync(known);
            throw new MeetingNotFoundException(known.Number.ToString());
        }
    }

    /// <summary>An event of this call about a meeting.</summary>
    internal AuditEvent Event(
        CallContext call, string action, string outcome, RegisteredMeeting meeting, string? reason = null, JsonObject? details = null) =>
        Event(call, action, outcome, meeting.Snapshot.Topic, meeting.Number, details, reason);

    private static RegisteredMeeting Managed(Caller caller, MeetingNumber number, RegisteredMeeting? known)
    {
        var decision = MeetingPolicy.Manage(caller, known ?? throw new MeetingNotFoundException(number.ToString()));
        return decision.Allowed ? known : throw Refusal(decision);
    }

    /// <summary>The organisation's meeting, for whoever may join.</summary>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    internal async Task<RegisteredMeeting> FindAsync(Caller caller, MeetingNumber number, CancellationToken cancellationToken) =>
        await registry.FindUnfinishedAsync(caller.OrganizationId, number, cancellationToken) is { } known
            ? await RequireOpenAsync(known)
            : throw new MeetingNotFoundException(number.ToString());

    /// <summary>The meeting, if it is not closed; what could not be withdrawn when it was is now.</summary>
    private async Task<RegisteredMeeting> RequireOpenAsync(RegisteredMeeting known)
    {
        if (known.IsClosed)
        {
            await TryCloseAsync(known);
            throw new MeetingNotFoundException(known.Number.ToString());
        }

        return known;
    }

    /// <summary>Closes a meeting that Zoom has no more. That nobody finds it is the answer, whether or not its invitations can be withdrawn now: whoever comes next tries again.</summary>
    private async Task TryCloseAsync(RegisteredMeeting known)
    {
        try
        {
            await registry.CloseAsync(known, CancellationToken.None);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or StorageUnavailableException)
        {
            // Once it is closed, invitations alone are left, and they are withdrawn as soon as storage takes it.
        }
    }

    /// <summary>That it ended was ours: where that cannot be kept, Zoom's event stands for itself.</summary>
    private async Task TryNoteAsync(RegisteredMeeting known, MeetingOperation ended)
    {
        try
        {
            await registry.NoteAsync(known, ended, CancellationToken.None);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException or StorageUnavailableException)
        {
            // It has ended all the same.
        }
    }

    /// <summary>Does something to a meeting, with its intent and its outcome in the trail.</summary>
    /// <param name="change">What is done at Zoom: its outcome is the trail's, whether the registry knows of it at once or by Zoom's event.</param>
    /// <returns>What was done.</returns>
    internal async Task<MeetingOperation> ChangeAsync(
        CallContext call,
        RegisteredMeeting known,
        string intent,
        string done,
        JsonObject? details,
        Func<ZoomAccount, Task> change,
        CancellationToken cancellationToken)
    {
        var (account, operation) = (zoom.ById(known.AccountId), CallEvents.NewOperation());
        await audit.RecordAsync(Event(call, intent, AuditOutcomes.Intent, known, details: details) with { Operation = operation }, cancellationToken);
        using var changing = readings.Changing(known);
        var asked = time.GetUtcNow();
        try
        {
            await change(account);
        }
        catch (Exception exception)
        {
            await RecordFailureAsync(call, intent, known.Snapshot.Topic, known.Number, exception, (JsonObject?)details?.DeepClone(), operation);
            throw;
        }

        var answered = time.GetUtcNow();
        await audit.RecordOutcomeAsync(Event(call, done, AuditOutcomes.Success, known, details: (JsonObject?)details?.DeepClone()) with { Operation = operation });
        // Zoom's events have the names of what is done here, where there are any.
        return new MeetingOperation(operation, done, asked, answered);
    }

    /// <summary>
    /// Writes down who owns a new meeting; where that fails, the meeting is deleted at Zoom, so that none is ownerless. Where that fails too,
    /// the failure's record leads <see cref="UnfinishedCreate"/> to it.
    /// </summary>
    private async Task<RegisteredMeeting> RegisterAsync(CallContext call, ZoomAccount account, ZoomMeeting created, MeetingOperation done)
    {
        var number = MeetingNumber.From(created.Id) ?? throw new ZoomException(ZoomError.BadGateway);
        var meeting = new RegisteredMeeting(call.Caller.OrganizationId, number, account.AccountId, new MeetingSnapshot(created));
        try
        {
            await registry.AddAsync(meeting, time.GetUtcNow(), CancellationToken.None, done);
            return meeting;
        }
        catch (Exception)
        {
            await UndoAsync(account, number);
            throw;
        }
    }

    private async Task UndoAsync(ZoomAccount account, MeetingNumber number)
    {
        try
        {
            await TryDeleteAtZoomAsync(account, number);
        }
        catch (ZoomException exception)
        {
            throw new UnfinishedCreateException(number, exception);
        }
    }

    /// <returns>Whether it was deleted now; gone already, perhaps by our own first attempt, is as good.</returns>
    private async Task<bool> TryDeleteAtZoomAsync(ZoomAccount account, MeetingNumber number)
    {
        try
        {
            await api.DeleteMeetingAsync(account, number, CancellationToken.None);
            return true;
        }
        catch (ZoomException exception) when (exception.NoSuchMeeting)
        {
            return false;
        }
    }

    private Task RecordFailureAsync(
        CallContext call, string action, string? topic, MeetingNumber? number, Exception exception, JsonObject? details, string operation) =>
        audit.RecordOutcomeAsync(Event(call, action, AuditOutcomes.Failure, topic, number, details, FailureReasons.Of(exception)) with { Operation = operation });

    private AuditEvent Event(
        CallContext call, string action, string outcome, string? topic, MeetingNumber? number, JsonObject? details, string? reason = null) =>
        call.Event(
            time.GetUtcNow(), action, outcome, new AuditTarget("meeting", number?.ToString(), topic), reason, number?.ToString(), details);

    private static Exception Refusal(Decision decision) => decision.Reason switch
    {
        AuditReasons.EmailDomainsUnavailable => new StorageUnavailableException("Whether the caller is the host is not known."),
        AuditReasons.MfaRequired => new AccessException(AccessError.MfaRequired, "Sign in with a second factor to host."),
        _ => new AccessException(AccessError.NotHost, $"Only the host, or whoever has {Permissions.MeetingsManage}."),
    };
}
