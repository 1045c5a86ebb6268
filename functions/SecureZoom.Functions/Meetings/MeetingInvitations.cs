using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Revocations;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Invites others to a meeting, withdraws that, and shows a meeting to whoever is invited.</summary>
public sealed class MeetingInvitations(
    MeetingService meetings,
    MeetingRegistry registry,
    InvitationSeal invitations,
    OpenInvitations open,
    OrganizationDomains domains,
    SiteOptions site,
    AuditRecorder audit,
    TimeProvider time)
{
    private const int DefaultSeconds = 7 * 24 * 3600;
    private const int LeastSeconds = 60;
    private const int MostSeconds = 90 * 24 * 3600;

    /// <summary>No invitation lives longer.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(MostSeconds);

    /// <exception cref="RequestException">Not exactly one organisation or address, or a life out of range.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no invitation.</exception>
    public async Task<InvitationResponse> InviteAsync(
        CallContext call, MeetingNumber number, InvitationRequest request, CancellationToken cancellationToken)
    {
        var seconds = Check(request);
        var known = await meetings.FindManagedAsync(call.Caller, number, cancellationToken);
        var now = time.GetUtcNow();
        var meeting = await meetings.GetFromZoomAsync(known, cancellationToken);
        var next = known.As(meeting).At(now).Snapshot;
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Meeting = number.Value,
            Registration = known.Registration,
            Owner = known.Organization,
            AccountId = known.AccountId,
            ForOrganization = request.Organization,
            ForEmail = request.Email,
            ForEmailOf = EmailAddress.Parse(request.Email) is { } address ? await domains.OwnerOfAsync(address, cancellationToken) : null,
            Topic = meeting.Topic,
            StartTime = next.StartTime,
            Duration = next.Duration,
            Timezone = meeting.Timezone,
            Passcode = meeting.Password,
            Issued = now,
            Expires = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + seconds),
        };
        var token = await invitations.SealAsync(invitation, cancellationToken);
        if (!await registry.InviteAsync(known, invitation.Issued, invitation.Expires, cancellationToken))
        {
            // The meeting, or its passcode, has changed since Zoom was asked.
            throw new ZoomException(ZoomError.Conflict);
        }

        // On record first: what is not, is neither listed nor handed out.
        var details = Details(invitation.Id, invitation.ForOrganization, invitation.ForEmail, invitation.Expires);
        await audit.RecordAsync(meetings.Event(call, AuditActions.InvitationCreated, AuditOutcomes.Success, known, details: details), cancellationToken);
        await open.AddAsync(invitation, call.Caller.Name ?? call.Caller.VerifiedEmail?.Text ?? call.Caller.Pseudonym, cancellationToken);
        return new InvitationResponse(invitation.Id, token, $"{site.Url.AbsoluteUri.TrimEnd('/')}/join#{token}", invitation.Expires);
    }

    /// <summary>The invitations to the meeting that are out.</summary>
    /// <param name="withOrganizations">Whether also to tell which organisations were invited, be it to other meetings.</param>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    public async Task<InvitationList> ListAsync(CallContext call, MeetingNumber number, bool withOrganizations, CancellationToken cancellationToken)
    {
        var known = await meetings.FindManagedAsync(call.Caller, number, cancellationToken);
        return new(
            await ListAsync(known, cancellationToken),
            withOrganizations ? await open.ListInvitedAsync(known.Organization, cancellationToken) : null);
    }

    /// <summary>Withdraws an invitation: on every instance within 15 seconds.</summary>
    /// <exception cref="RequestException">The organisation has withdrawn too many that have not ended yet.</exception>
    /// <exception cref="InvitationNotFoundException">None of that id to this meeting is out.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no intent, so nothing was withdrawn.</exception>
    public async Task WithdrawAsync(CallContext call, MeetingNumber number, string id, CancellationToken cancellationToken)
    {
        var known = await meetings.FindManagedAsync(call.Caller, number, cancellationToken);
        var invitation = (await ListAsync(known, cancellationToken)).FirstOrDefault(candidate => candidate.Id == id)
            ?? throw new InvitationNotFoundException();
        if (!await open.MayWithdrawAsync(known.Organization, cancellationToken))
        {
            throw new RequestException(
                RequestError.TooMany,
                $"{WithdrawalList.MostOfOne} withdrawn invitations have not ended yet. Another passcode, or deleting the meeting, withdraws all to it.")
            {
                RetryAfter = TimeSpan.FromHours(1),
            };
        }

        await meetings.ChangeAsync(
            call, known, AuditActions.InvitationWithdraw, AuditActions.InvitationWithdrawn,
            Details(id, invitation.Organization, invitation.Email, invitation.ExpiresAt),
            _ => open.WithdrawAsync(known.Organization, number, invitation, CancellationToken.None),
            cancellationToken);
    }

    /// <summary>What an invitation tells of its meeting, passcode included; nothing else is asked.</summary>
    /// <exception cref="AccessException">The invitation is not good for the caller.</exception>
    /// <exception cref="MeetingNotFoundException">The invitation is for another meeting.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no passcode.</exception>
    public async Task<MeetingView> GetMeetingAsync(CallContext call, MeetingNumber number, string token, CancellationToken cancellationToken)
    {
        var invitation = await invitations.OpenAsync(token, call.Caller, number, cancellationToken);
        var issued = call.Event(
            time.GetUtcNow(),
            AuditActions.PasscodeIssued,
            AuditOutcomes.Success,
            new AuditTarget("meeting", number.ToString(), invitation.Topic),
            AuditReasons.Invitation,
            number.ToString(),
            new JsonObject { ["invitation"] = invitation.Id });
        await audit.RecordAsync(issued.WithOwner(invitation.Owner), cancellationToken);
        return MeetingMapping.View(invitation);
    }

    private Task<IReadOnlyList<OpenInvitation>> ListAsync(RegisteredMeeting known, CancellationToken cancellationToken) =>
        open.ListAsync(known.Organization, known.Number, known.Registration, known.PasscodeChangedAt, cancellationToken);

    private static JsonObject Details(string id, string? organization, string? email, DateTimeOffset expires) => new()
    {
        ["invitation"] = id,
        ["organization"] = organization,
        ["email"] = email,
        ["expiresAt"] = expires,
    };

    private static int Check(InvitationRequest request)
    {
        if (request.Organization is null == request.Email is null)
        {
            throw new RequestException(RequestError.Invalid, "Invite either an organization or an email.");
        }

        if (request.Organization is { } organization && !OrganizationId.IsValid(organization))
        {
            throw new RequestException(RequestError.Invalid, "organization is an organisation's id.");
        }

        if (request.Email is { } email && EmailAddress.Parse(email) is null)
        {
            throw new RequestException(RequestError.Invalid, "email is an e-mail address.");
        }

        return request.ExpiresInSeconds is null or (>= LeastSeconds and <= MostSeconds)
            ? request.ExpiresInSeconds ?? DefaultSeconds
            : throw new RequestException(RequestError.Invalid, $"expiresInSeconds is {LeastSeconds} to {MostSeconds}.");
    }
}
