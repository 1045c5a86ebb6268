using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Grants;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Invites others to a meeting, by grants, and shows a meeting to whoever has one.</summary>
public sealed class Invitations(MeetingService meetings, GrantSeal grants, SiteOptions site, AuditRecorder audit, TimeProvider time)
{
    private const int DefaultSeconds = 7 * 24 * 3600;
    private const int LeastSeconds = 60;
    private const int MostSeconds = 90 * 24 * 3600;

    /// <exception cref="RequestException">Not exactly one organisation or address, or a life out of range.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no invitation.</exception>
    public async Task<InvitationResponse> InviteAsync(
        CallContext call, MeetingNumber number, InvitationRequest wanted, CancellationToken cancellationToken)
    {
        var seconds = Check(wanted);
        var known = await meetings.FindManagedAsync(call.Caller, number, cancellationToken);
        var meeting = await meetings.GetFromZoomAsync(known, cancellationToken);
        var now = time.GetUtcNow();
        var grant = new Grant
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Meeting = number.Value,
            Owner = known.Organization,
            ForOrganization = wanted.Organization,
            ForEmail = wanted.Email,
            Topic = meeting.Topic,
            StartTime = meeting.StartTime,
            Duration = meeting.Duration,
            Timezone = meeting.Timezone,
            Passcode = meeting.Password,
            Expires = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + seconds),
        };
        var token = await grants.SealAsync(grant, cancellationToken);
        var details = new JsonObject
        {
            ["grant"] = grant.Id,
            ["organization"] = grant.ForOrganization,
            ["email"] = grant.ForEmail,
            ["expiresAt"] = grant.Expires,
        };
        await audit.RecordAsync(meetings.Event(call, "invitation.created", AuditOutcomes.Success, known, details: details), cancellationToken);
        return new InvitationResponse(token, $"{site.Url.AbsoluteUri.TrimEnd('/')}/join#{token}", grant.Expires);
    }

    /// <summary>What a grant tells of its meeting, passcode included; nothing else is asked.</summary>
    /// <exception cref="AccessException">The grant is not good for the caller.</exception>
    /// <exception cref="MeetingNotFoundException">The grant is for another meeting.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no passcode.</exception>
    public async Task<MeetingView> GetMeetingAsync(CallContext call, MeetingNumber number, string token, CancellationToken cancellationToken)
    {
        var grant = await grants.OpenAsync(token, call.Caller, cancellationToken);
        if (grant.Meeting != number.Value)
        {
            throw new MeetingNotFoundException(number.ToString());
        }

        var issued = call.Event(
            time.GetUtcNow(),
            "passcode.issued",
            AuditOutcomes.Success,
            new AuditTarget("meeting", number.ToString(), grant.Topic),
            "grant",
            number.ToString(),
            new JsonObject { ["grant"] = grant.Id });
        await audit.RecordAsync(issued with { AlsoIn = grant.Owner }, cancellationToken);
        return new MeetingView
        {
            Id = grant.Meeting,
            Topic = grant.Topic,
            StartTime = grant.StartTime,
            Duration = grant.Duration,
            Timezone = grant.Timezone,
            Password = grant.Passcode,
        };
    }

    private static int Check(InvitationRequest wanted)
    {
        if (wanted.Organization is null == wanted.Email is null)
        {
            throw new RequestException(RequestError.Invalid, "Invite either an organization or an email.");
        }

        if (wanted.Organization is { } organization && !OrganizationId.IsValid(organization))
        {
            throw new RequestException(RequestError.Invalid, "organization is an organisation's id.");
        }

        if (wanted.Email is { } email && !MeetingRules.IsAddress(email))
        {
            throw new RequestException(RequestError.Invalid, "email is an e-mail address.");
        }

        return wanted.ExpiresInSeconds is null or (>= LeastSeconds and <= MostSeconds)
            ? wanted.ExpiresInSeconds ?? DefaultSeconds
            : throw new RequestException(RequestError.Invalid, $"expiresInSeconds is {LeastSeconds} to {MostSeconds}.");
    }
}
