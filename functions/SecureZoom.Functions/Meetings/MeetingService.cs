using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>An organisation's meetings: who may, then Zoom, then the registry; each change with its intent and outcome in the trail.</summary>
public sealed class MeetingService(
    MeetingRegistry registry,
    Organizations organizations,
    PersonLimits limits,
    ZoomOptions zoom,
    ZoomApi api,
    AuditRecorder audit,
    TimeProvider time)
{
    // Zoom's alphabet for passcodes, without what is easily misread.
    private const string PasscodeAlphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private const int PasscodeLength = 10;

    /// <summary>A page of the caller's organisation's meetings, as the registry knows them; and where the next begins.</summary>
    public async Task<(IReadOnlyList<MeetingView> Meetings, MeetingNumber? Last)> ListAsync(
        CallContext call, MeetingNumber? after, int pageSize, CancellationToken cancellationToken)
    {
        var (meetings, more) = await registry.ListAsync(call.Caller.OrganizationId, after, pageSize, cancellationToken);
        return ([.. meetings.Select(meeting => View(call.Caller, meeting))], more ? meetings[^1].Number : null);
    }

    /// <summary>The meeting as Zoom has it now, with its passcode.</summary>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no passcode.</exception>
    public async Task<MeetingView> GetAsync(CallContext call, MeetingNumber number, CancellationToken cancellationToken)
    {
        call.Caller.Require(Permissions.MeetingsJoin);
        var known = await FindAsync(call.Caller, number, cancellationToken);
        var meeting = await GetFromZoomAsync(known, cancellationToken);
        await audit.RecordAsync(
            Event(call, "passcode.issued", AuditOutcomes.Success, known with { Snapshot = MeetingSnapshot.Of(meeting) }), cancellationToken);
        return View(call.Caller, known, meeting) with { Password = meeting.Password };
    }

    /// <exception cref="RequestException">A member out of range, or too many requests.</exception>
    /// <exception cref="AccessException">The caller may not host, or not choose that host.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no intent, so nothing was created.</exception>
    public async Task<MeetingView> CreateAsync(CallContext call, CreateMeeting wanted, CancellationToken cancellationToken)
    {
        limits.Create(call.Caller);
        var domains = organizations.DomainsOf(call.Caller.OrganizationId);
        MeetingRules.Check(wanted, domains);
        var host = HostOf(call.Caller, wanted, domains);
        var account = zoom.AccountOf(call.Caller.OrganizationId);
        await audit.RecordAsync(
            Event(call, UnfinishedCreate.Action, AuditOutcomes.Intent, wanted.Topic, number: null, Details(wanted, host)), cancellationToken);
        try
        {
            // From here on it does not matter any more whether the caller still waits.
            var created = await api.CreateMeetingAsync(account, host, Change(wanted), CancellationToken.None);
            var meeting = await RegisterAsync(call, account, created);
            await audit.RecordOutcomeAsync(
                Event(call, "meeting.created", AuditOutcomes.Success, wanted.Topic, meeting.Number, Details(wanted, host)));
            return View(call.Caller, meeting, created);
        }
        catch (Exception exception)
        {
            var left = (exception as UnfinishedCreateException)?.Number;
            await RecordFailureAsync(call, UnfinishedCreate.Action, wanted.Topic, left, exception, Details(wanted, host));
            throw;
        }
    }

    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no intent, so nothing was changed.</exception>
    public async Task<MeetingView> UpdateAsync(CallContext call, MeetingNumber number, UpdateMeeting change, CancellationToken cancellationToken)
    {
        MeetingRules.Check(change, organizations.DomainsOf(call.Caller.OrganizationId));
        var known = await FindManagedAsync(call.Caller, number, cancellationToken);
        var asked = time.GetUtcNow();
        ZoomMeeting? meeting = null;
        await ChangeAsync(
            call, known, "meeting.update", "meeting.updated", Details(change),
            async account => meeting = await api.UpdateMeetingAsync(account, number, Change(change), CancellationToken.None),
            cancellationToken);
        if (meeting is null)
        {
            throw new ZoomException(ZoomError.Unavailable);
        }

        var updated = known with { Snapshot = MeetingSnapshot.Of(meeting) };
        await registry.UpdateAsync(updated, asked, CancellationToken.None);
        return View(call.Caller, updated, meeting);
    }

    /// <inheritdoc cref="UpdateAsync"/>
    public async Task DeleteAsync(CallContext call, MeetingNumber number, CancellationToken cancellationToken)
    {
        var known = await FindManagedAsync(call.Caller, number, cancellationToken);
        await ChangeAsync(
            call, known, "meeting.delete", "meeting.deleted", details: null,
            account => DeleteAtZoomAsync(account, number),
            cancellationToken);
        await registry.RemoveAsync(known.Organization, number, time.GetUtcNow(), CancellationToken.None);
    }

    /// <inheritdoc cref="UpdateAsync"/>
    public async Task EndAsync(CallContext call, MeetingNumber number, CancellationToken cancellationToken)
    {
        var known = await FindManagedAsync(call.Caller, number, cancellationToken);
        await ChangeAsync(
            call, known, "meeting.end", "meeting.ended", details: null,
            account => api.EndMeetingAsync(account, number, CancellationToken.None),
            cancellationToken);
    }

    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    public async Task<IReadOnlyList<ZoomRecordingFile>> GetRecordingsAsync(
        CallContext call, MeetingNumber number, CancellationToken cancellationToken)
    {
        var known = await FindManagedAsync(call.Caller, number, cancellationToken);
        return await api.GetRecordingsAsync(zoom.ById(known.AccountId), number, cancellationToken);
    }

    /// <summary>The organisation's meeting, for whoever manages it.</summary>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    internal async Task<RegisteredMeeting> FindManagedAsync(Caller caller, MeetingNumber number, CancellationToken cancellationToken)
    {
        var known = await FindAsync(caller, number, cancellationToken);
        var decision = MeetingPolicy.Manage(caller, known);
        return decision.Allowed ? known : throw Refusal(decision);
    }

    /// <summary>The meeting as Zoom has it now.</summary>
    /// <exception cref="MeetingNotFoundException">It is gone there.</exception>
    internal async Task<ZoomMeeting> GetFromZoomAsync(RegisteredMeeting known, CancellationToken cancellationToken)
    {
        try
        {
            return await api.GetMeetingAsync(zoom.ById(known.AccountId), known.Number, cancellationToken);
        }
        catch (ZoomException exception) when (exception.Error == ZoomError.NotFound)
        {
            throw new MeetingNotFoundException(known.Number.ToString());
        }
    }

    /// <summary>An event of this call about a meeting.</summary>
    internal AuditEvent Event(
        CallContext call, string action, string outcome, RegisteredMeeting meeting, string? reason = null, JsonObject? details = null) =>
        Event(call, action, outcome, meeting.Snapshot.Topic, meeting.Number, details, reason);

    private async Task<RegisteredMeeting> FindAsync(Caller caller, MeetingNumber number, CancellationToken cancellationToken) =>
        await registry.FindAsync(caller.OrganizationId, number, cancellationToken) ?? throw new MeetingNotFoundException(number.ToString());

    /// <param name="change">What is done at Zoom: its outcome is the trail's, whether the registry knows of it at once or by Zoom's event.</param>
    private async Task ChangeAsync(
        CallContext call,
        RegisteredMeeting known,
        string intent,
        string done,
        JsonObject? details,
        Func<ZoomAccount, Task> change,
        CancellationToken cancellationToken)
    {
        var account = zoom.ById(known.AccountId);
        await audit.RecordAsync(Event(call, intent, AuditOutcomes.Intent, known, details: details), cancellationToken);
        try
        {
            await change(account);
        }
        catch (Exception exception)
        {
            await RecordFailureAsync(call, intent, known.Snapshot.Topic, known.Number, exception, (JsonObject?)details?.DeepClone());
            throw;
        }

        await audit.RecordOutcomeAsync(Event(call, done, AuditOutcomes.Success, known, details: (JsonObject?)details?.DeepClone()));
    }

    /// <summary>
    /// Writes down who owns a new meeting; where that fails, the meeting goes again, so that none is ownerless. Where that fails too,
    /// the failure's record leads <see cref="UnfinishedCreate"/> to it.
    /// </summary>
    private async Task<RegisteredMeeting> RegisterAsync(CallContext call, ZoomAccount account, ZoomMeeting created)
    {
        var number = MeetingNumber.From(created.Id) ?? throw new ZoomException(ZoomError.BadGateway);
        var meeting = new RegisteredMeeting(call.Caller.OrganizationId, number, account.AccountId, MeetingSnapshot.Of(created));
        try
        {
            await registry.AddAsync(meeting, time.GetUtcNow(), CancellationToken.None);
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
            await DeleteAtZoomAsync(account, number);
        }
        catch (ZoomException exception)
        {
            throw new UnfinishedCreateException(number, exception);
        }
    }

    private async Task DeleteAtZoomAsync(ZoomAccount account, MeetingNumber number)
    {
        try
        {
            await api.DeleteMeetingAsync(account, number, CancellationToken.None);
        }
        catch (ZoomException exception) when (exception.Error == ZoomError.NotFound)
        {
            // Gone already, perhaps by our own first attempt.
        }
    }

    private Task RecordFailureAsync(
        CallContext call, string action, string? topic, MeetingNumber? number, Exception exception, JsonObject? details) =>
        audit.RecordOutcomeAsync(Event(call, action, AuditOutcomes.Failure, topic, number, details, Reason(exception)));

    private AuditEvent Event(
        CallContext call, string action, string outcome, string? topic, MeetingNumber? number, JsonObject? details, string? reason = null) =>
        call.Event(
            time.GetUtcNow(), action, outcome, new AuditTarget("meeting", number?.ToString(), topic), reason, number?.ToString(), details);

    private static string HostOf(Caller caller, CreateMeeting wanted, IReadOnlyList<string> domains)
    {
        if (wanted.Host is null || string.Equals(wanted.Host, caller.VerifiedEmail, StringComparison.OrdinalIgnoreCase))
        {
            return caller.VerifiedEmail
                ?? throw new AccessException(AccessError.EmailNotVerified, "Hosting needs a verified e-mail address.");
        }

        caller.Require(Permissions.MeetingsManage);
        return MeetingRules.IsIn(wanted.Host, domains)
            ? wanted.Host
            : throw new RequestException(RequestError.Invalid, "host is an address in the organisation's domains.");
    }

    private static AccessException Refusal(Decision decision) => decision.Reason switch
    {
        "mfa_required" => new AccessException(AccessError.MfaRequired, "Sign in with a second factor to host."),
        _ => new AccessException(AccessError.NotHost, $"Only the host, or whoever has {Permissions.MeetingsManage}."),
    };

    private static string Reason(Exception exception) => exception switch
    {
        ZoomException zoomException => $"zoom_{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(zoomException.Error.ToString())}",
        UnfinishedCreateException => "not_undone",
        _ => "unavailable",
    };

    private static ZoomMeetingChange Change(CreateMeeting wanted) => new()
    {
        Topic = wanted.Topic,
        Type = wanted.Type ?? MeetingTypes.Scheduled,
        StartTime = wanted.StartTime,
        Duration = wanted.Duration,
        Timezone = wanted.Timezone,
        Agenda = wanted.Agenda,
        Password = RandomNumberGenerator.GetString(PasscodeAlphabet, PasscodeLength),
        Settings = new ZoomMeetingSettings((wanted.Settings ?? new MeetingSettings()) with
        {
            WaitingRoom = wanted.Settings?.WaitingRoom ?? true,
            JoinBeforeHost = wanted.Settings?.JoinBeforeHost ?? false,
        }),
    };

    private static ZoomMeetingChange Change(UpdateMeeting change) => new()
    {
        Topic = change.Topic,
        StartTime = change.StartTime,
        Duration = change.Duration,
        Timezone = change.Timezone,
        Agenda = change.Agenda,
        Settings = change.Settings is { } settings ? new ZoomMeetingSettings(settings) : null,
    };

    private static JsonObject Details(CreateMeeting wanted, string host) => new()
    {
        ["host"] = host,
        ["type"] = wanted.Type ?? MeetingTypes.Scheduled,
        ["start_time"] = wanted.StartTime,
        ["duration"] = wanted.Duration,
        ["timezone"] = wanted.Timezone,
        ["settings"] = SettingsDetails(wanted.Settings),
    };

    private static JsonObject Details(UpdateMeeting change) => new()
    {
        ["topic"] = change.Topic,
        ["start_time"] = change.StartTime,
        ["duration"] = change.Duration,
        ["timezone"] = change.Timezone,
        ["settings"] = SettingsDetails(change.Settings),
    };

    private static JsonNode? SettingsDetails(MeetingSettings? settings) => settings is null
        ? null
        : System.Text.Json.JsonSerializer.SerializeToNode(settings, ZoomJson.Default.MeetingSettings);

    private static MeetingView View(Caller caller, RegisteredMeeting meeting)
    {
        var host = MeetingPolicy.Host(caller, meeting).Allowed;
        var snapshot = meeting.Snapshot;
        return new MeetingView
        {
            Id = meeting.Number.Value,
            Uuid = snapshot.Uuid,
            Topic = snapshot.Topic,
            Agenda = snapshot.Agenda,
            Type = snapshot.Type,
            Status = snapshot.Status,
            StartTime = snapshot.StartTime,
            Duration = snapshot.Duration,
            Timezone = snapshot.Timezone,
            CreatedAt = snapshot.CreatedAt,
            HostEmail = snapshot.HostEmail,
            Settings = snapshot.Settings,
            Permissions = new MeetingPermissions(host, MeetingPolicy.Manage(caller, meeting).Allowed),
        };
    }

    private static MeetingView View(Caller caller, RegisteredMeeting known, ZoomMeeting meeting)
    {
        var view = View(caller, known with { Snapshot = MeetingSnapshot.Of(meeting) });
        return view.Permissions!.Host ? view with { JoinUrl = meeting.JoinUrl } : view;
    }
}
