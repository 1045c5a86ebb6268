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
    private const string Waiting = "waiting";

    /// <summary>How many pairs of person and meeting are remembered; behind that they are forgotten, and recorded once more.</summary>
    private const int MostRemembered = 20_000;

    private readonly ConcurrentDictionary<(string Person, string Registration), bool> _recorded = new();

    /// <exception cref="AccessException">The caller may neither join the organisation's meetings nor is the invitation good for them.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record of the first look.</exception>
    public async Task<StatusAnswer> GetAsync(CallContext call, MeetingNumber number, string? token, CancellationToken cancellationToken)
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
        return new StatusAnswer(meeting.Snapshot.Status ?? Waiting);
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
            "meeting.status_read",
            AuditOutcomes.Success,
            new AuditTarget("meeting", meeting.Number.ToString(), meeting.Snapshot.Topic),
            invitation is null ? null : "invitation",
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
