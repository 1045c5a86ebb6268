using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Whether a meeting runs, for whoever waits for it: from the registry, without its passcode, and without asking Zoom.</summary>
public sealed class MeetingStatuses(MeetingRegistry registry, InvitationSeal invitations, AuditRecorder audit, TimeProvider time)
{
    /// <summary>How many pairs of person and meeting are remembered; behind that they are forgotten, and recorded once more.</summary>
    private const int MostRemembered = 20_000;

    private readonly ConcurrentDictionary<(string Person, string Registration), bool> _recorded = new();

    /// <param name="describe">Whether the answer has the meeting, and the caller's part in it, for whoever is about to join.</param>
    /// <exception cref="AccessException">The caller may neither join the organisation's meetings nor is the invitation good for them.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record of the first look.</exception>
    public async Task<StatusAnswer> GetAsync(CallContext call, MeetingNumber number, string? token, bool describe, CancellationToken cancellationToken)
    {
        var invitation = token is null ? null : await invitations.OpenAsync(token, call.Caller, number, cancellationToken);
        if (invitation is null)
        {
            call.Caller.Require(Permissions.MeetingsJoin);
        }

        var meeting = await registry.FindAsync(invitation?.Owner ?? call.Caller.OrganizationId, number, cancellationToken);
        if (meeting is null || (invitation is not null && meeting.Registration != invitation.Registration))
        {
            throw new MeetingNotFoundException(number.ToString());
        }

        await RecordOnceAsync(call, meeting, invitation, cancellationToken);
        var current = meeting.At(time.GetUtcNow());
        var status = current.Snapshot.Status ?? MeetingRow.Waiting;
        return !describe ? new StatusAnswer(status)
            : invitation is null ? Described(status, call.Caller, current)
            : new StatusAnswer(status, MeetingMapping.View(invitation) with { Password = null }, Role: 0, AuditReasons.Invitation);
    }

    private static StatusAnswer Described(string status, Caller caller, RegisteredMeeting meeting)
    {
        var hosting = MeetingPolicy.Host(caller, meeting);
        return new StatusAnswer(status, MeetingMapping.View(caller, meeting), hosting.Allowed ? 1 : 0, hosting.Reason);
    }

    /// <summary>Who waits asks again and again: that they do is recorded the first time, as far as this instance remembers.</summary>
    private async Task RecordOnceAsync(CallContext call, RegisteredMeeting meeting, Invitation? invitation, CancellationToken cancellationToken)
    {
        var look = (call.Caller.Pseudonym, meeting.Registration);
        if (_recorded.ContainsKey(look))
        {
            return;
        }

        var first = call.Event(
            time.GetUtcNow(),
            AuditActions.MeetingStatusRead,
            AuditOutcomes.Success,
            new AuditTarget("meeting", meeting.Number.ToString(), meeting.Snapshot.Topic),
            invitation is null ? null : AuditReasons.Invitation,
            meeting.Number.ToString(),
            invitation is null ? null : new JsonObject { ["invitation"] = invitation.Id });
        await audit.RecordAsync(invitation is null ? first : first.WithOwner(invitation.Owner), cancellationToken);
        if (_recorded.Count >= MostRemembered)
        {
            _recorded.Clear();
        }

        _recorded[look] = true;
    }
}
