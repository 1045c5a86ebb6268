using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>One occurrence of a series, read, changed or deleted alone; the registry keeps what the series is then.</summary>
public sealed class MeetingOccurrences(
    MeetingService meetings, MeetingRegistry registry, ZoomAccounts zoom, ZoomApi api, AuditRecorder audit, TimeProvider time)
{
    private const int InvalidOccurrence = 3000;
    private const int MaxDigits = 20;

    /// <summary>The series as Zoom has it at that occurrence, with its passcode.</summary>
    /// <exception cref="OccurrenceNotFoundException">The series has no such occurrence.</exception>
    /// <inheritdoc cref="MeetingService.GetAsync"/>
    public async Task<MeetingView> GetAsync(CallContext call, MeetingNumber number, string occurrence, CancellationToken cancellationToken)
    {
        call.Caller.Require(Permissions.MeetingsJoin);
        var known = Series(await meetings.FindAsync(call.Caller, number, cancellationToken), occurrence);
        var meeting = await AskAsync(
            known, () => api.GetOccurrenceAsync(zoom.ById(known.AccountId), number, occurrence, cancellationToken), cancellationToken);
        var one = meeting.Occurrences?.FirstOrDefault(candidate => candidate.OccurrenceId == occurrence)
            ?? new MeetingOccurrence(occurrence, meeting.StartTime, meeting.Duration, null);
        if (one.IsDeleted)
        {
            throw new OccurrenceNotFoundException();
        }

        await audit.RecordAsync(
            meetings.Event(call, AuditActions.PasscodeIssued, AuditOutcomes.Success, known, details: new JsonObject { ["occurrence_id"] = occurrence }), cancellationToken);
        return At(MeetingMapping.View(call.Caller, known, meeting, time.GetUtcNow()), one) with { Password = meeting.Password };
    }

    /// <exception cref="RequestException">A member out of range, or that all occurrences share.</exception>
    /// <exception cref="OccurrenceNotFoundException">The series has no such occurrence.</exception>
    /// <inheritdoc cref="MeetingService.UpdateAsync"/>
    public async Task<MeetingView> UpdateAsync(
        CallContext call, MeetingNumber number, string occurrence, UpdateMeeting change, CancellationToken cancellationToken)
    {
        MeetingRules.Check(change, call.Caller);
        MeetingRules.CheckForOccurrence(change);
        var known = Series(await meetings.FindManagedAsync(call.Caller, number, cancellationToken), occurrence);
        var asked = time.GetUtcNow();
        var sent = MeetingMapping.ChangeOfOccurrence(change);
        var details = MeetingMapping.Details(change);
        details["occurrence_id"] = occurrence;
        ZoomMeeting? meeting = null;
        var done = await meetings.ChangeAsync(
            call, known, AuditActions.MeetingUpdate, AuditActions.MeetingUpdated, details,
            async account => meeting = await AskAsync(
                known, () => api.UpdateOccurrenceAsync(account, number, occurrence, sent, CancellationToken.None), CancellationToken.None),
            cancellationToken);
        var updated = known.As((MeetingSnapshot?)meeting ?? With(known.Snapshot, occurrence, one => Moved(one, sent)));
        var told = MeetingValues.AskedOfOccurrence(change with { StartTime = sent.StartTime, Timezone = null });
        await registry.UpdateAsync(updated, asked, CancellationToken.None, done with { OccurrenceId = occurrence, Asked = told });
        var view = MeetingMapping.View(call.Caller, updated.At(time.GetUtcNow())) with { JoinUrl = null };
        // Zoom does not say whether one that is moved keeps its id.
        var occurrences = updated.Snapshot.Occurrences ?? [];
        var one = occurrences.FirstOrDefault(candidate => candidate.OccurrenceId == occurrence)
            ?? occurrences.FirstOrDefault(candidate => candidate.StartTime == sent.StartTime)
            ?? Moved(new MeetingOccurrence(occurrence, null, null, null), sent);
        return At(view, one) with
        {
            Agenda = change.Agenda ?? view.Agenda,
            Settings = MeetingMapping.Applied(view.Settings ?? new MeetingSettings(), change.Settings),
            Notes = MeetingMapping.Notes(change.Settings, MeetingMapping.Applied(view.Settings ?? new MeetingSettings(), change.Settings)),
        };
    }

    /// <exception cref="OccurrenceNotFoundException">The series has no such occurrence.</exception>
    /// <inheritdoc cref="MeetingService.UpdateAsync"/>
    public async Task DeleteAsync(CallContext call, MeetingNumber number, string occurrence, CancellationToken cancellationToken)
    {
        var known = Series(await meetings.FindManagedAsync(call.Caller, number, cancellationToken), occurrence);
        var done = await meetings.ChangeAsync(
            call, known, AuditActions.MeetingDelete, AuditActions.MeetingDeleted, new JsonObject { ["occurrence_id"] = occurrence },
            account => AskAsync(known, () => DeleteAtZoomAsync(account, number, occurrence), CancellationToken.None),
            cancellationToken);
        await FollowAsync(known, done with { OccurrenceId = occurrence });
    }

    private async Task<bool> DeleteAtZoomAsync(ZoomAccount account, MeetingNumber number, string occurrence)
    {
        await api.DeleteOccurrenceAsync(account, number, occurrence, CancellationToken.None);
        return true;
    }

    /// <summary>Keeps what is left of a series; where Zoom does not say, all but the occurrence, and nothing where that was the last.</summary>
    private async Task FollowAsync(RegisteredMeeting known, MeetingOperation deleted)
    {
        var asked = time.GetUtcNow();
        MeetingSnapshot left;
        try
        {
            left = await meetings.GetFromZoomAsync(known, CancellationToken.None);
        }
        catch (ZoomException)
        {
            left = With(known.Snapshot, deleted.OccurrenceId!, one => one with { Status = "deleted" });
        }
        catch (MeetingNotFoundException)
        {
            return;
        }

        await registry.UpdateAsync(known with { Snapshot = new MeetingSnapshot(left) }, asked, CancellationToken.None, deleted);
    }

    /// <summary>Asks Zoom about an occurrence. It says the same of one and of a meeting that it has not: asked about the meeting, it tells which.</summary>
    private async Task<T> AskAsync<T>(RegisteredMeeting known, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (ZoomException exception) when (exception.Code == InvalidOccurrence || exception.Error == ZoomError.NotFound)
        {
            await meetings.GetFromZoomAsync(known, cancellationToken);
            throw new OccurrenceNotFoundException();
        }
    }

    /// <summary>The meeting, if it can have occurrences: of any other, Zoom might take the call as one about all of it.</summary>
    private static RegisteredMeeting Series(RegisteredMeeting known, string occurrence) =>
        known.Snapshot.Type == MeetingTypes.Recurring && occurrence.Length <= MaxDigits && occurrence.All(char.IsAsciiDigit)
            ? known
            : throw new OccurrenceNotFoundException();

    private static MeetingView At(MeetingView series, MeetingOccurrence one) => series with
    {
        StartTime = one.StartTime ?? series.StartTime,
        Duration = one.Duration ?? series.Duration,
        Occurrences = [one],
    };

    private static MeetingOccurrence Moved(MeetingOccurrence one, ZoomMeetingChange sent) =>
        one with { StartTime = sent.StartTime ?? one.StartTime, Duration = sent.Duration ?? one.Duration };

    private static MeetingSnapshot With(MeetingSnapshot series, string occurrence, Func<MeetingOccurrence, MeetingOccurrence> change) => series with
    {
        Occurrences = series.Occurrences is { } all ? [.. all.Select(one => one.OccurrenceId == occurrence ? change(one) : one)] : null,
    };
}
