using System.Text.Json;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Signature;

/// <summary>Issues Meeting SDK signatures: to whom the meeting is open, with the role that the claims allow, once it is on record.</summary>
/// <remarks>I/O on the way: two point reads at once (none with an invitation, or behind others who join), the host's ZAK for role 1, the meeting from Zoom where the answer includes it and nobody had it just now, one audit enqueue.</remarks>
public sealed class SignatureIssuer(
    SignatureOptions options,
    MeetingRegistry registry,
    MeetingService meetings,
    InvitationSeal invitations,
    ZoomAccounts zoom,
    ZoomApi api,
    SecretStore secrets,
    AuditRecorder audit,
    AppMetrics metrics,
    TimeProvider time)
{
    /// <summary>The only thing that an answer can include.</summary>
    private const string Meeting = "meeting";

    /// <exception cref="RequestException">A member out of range.</exception>
    /// <exception cref="AccessException">Neither may the caller join an organisation's meetings nor does an invitation fit.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no signature.</exception>
    public async Task<SignatureResponse> IssueAsync(CallContext call, SignatureRequest request, CancellationToken cancellationToken)
    {
        var lifetime = Check(request);
        var permit = request.Invitation is { } invitation
            ? await AdmitByInvitationAsync(call, request, invitation, cancellationToken)
            : await AdmitByOrganizationAsync(call, request, cancellationToken);
        var now = time.GetUtcNow();
        var expires = Earlier(now + lifetime, permit.Ends);
        var secret = await secrets.CurrentAsync(permit.Account.SdkClientSecretName, cancellationToken);
        var signature = MeetingSignature.Mint(
            permit.Account.SdkClientId, secret.Value, request.MeetingNumber, permit.Role, now, expires, request.VideoWebRtcMode != 0);
        var meeting = request.Include is null ? null : await ReadAsync(call.Caller, permit, cancellationToken);
        await RecordAsync(call, request, permit, now, expires, cancellationToken);
        metrics.SignatureIssued((int)permit.Role);
        return new SignatureResponse(
            signature, permit.Account.SdkClientId, request.MeetingNumber.ToString(), (int)permit.Role, permit.Reason, Whole(expires), permit.Zak, meeting);
    }

    /// <summary>What reading the meeting would answer; here it is the signature's record that tells of it.</summary>
    private async Task<JsonNode?> ReadAsync(Caller caller, Permit permit, CancellationToken cancellationToken)
    {
        var meeting = permit.Invitation is { } invitation
            ? MeetingMapping.View(invitation)
            : await meetings.ReadAsync(caller, permit.Known!, cancellationToken);
        return JsonSerializer.SerializeToNode(meeting, MeetingJson.Default.MeetingView);
    }

    private TimeSpan Check(SignatureRequest request)
    {
        if (request.Role is not (0 or 1))
        {
            throw new RequestException(RequestError.Invalid, "role is 0 or 1.");
        }

        if (request.VideoWebRtcMode is not (null or 0 or 1))
        {
            throw new RequestException(RequestError.Invalid, "videoWebRtcMode is 0 or 1.");
        }

        if (request.Include is not (null or Meeting))
        {
            throw new RequestException(RequestError.Invalid, $"include is {Meeting}.");
        }

        var seconds = request.ExpirationSeconds ?? options.DefaultExpirationSeconds;
        return seconds >= SignatureOptions.MinExpirationSeconds && seconds <= options.MaxExpirationSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new RequestException(
                RequestError.Invalid,
                $"expirationSeconds is {SignatureOptions.MinExpirationSeconds} to {options.MaxExpirationSeconds}.");
    }

    private async Task<Permit> AdmitByInvitationAsync(CallContext call, SignatureRequest request, string token, CancellationToken cancellationToken)
    {
        var invitation = await invitations.OpenAsync(token, call.Caller, request.MeetingNumber, cancellationToken);
        var account = invitations.AccountOf(invitation) ?? throw new ZoomException(ZoomError.NoAccount);
        return new Permit(account, MeetingRole.Participant, AuditReasons.Invitation, invitation.Topic) { Ends = invitation.Expires, Invitation = invitation };
    }

    private async Task<Permit> AdmitByOrganizationAsync(CallContext call, SignatureRequest request, CancellationToken cancellationToken)
    {
        var caller = call.Caller;
        caller.Require(Permissions.MeetingsJoin);
        var meeting = await registry.FindToJoinAsync(caller.OrganizationId, request.MeetingNumber, cancellationToken)
            ?? throw new MeetingNotFoundException(request.MeetingNumber.ToString());
        var account = zoom.ById(meeting.AccountId);
        if (request.Role == (int)MeetingRole.Participant)
        {
            return new Permit(account, MeetingRole.Participant, AuditReasons.Member, meeting.Snapshot.Topic) { Known = meeting };
        }

        var hosting = MeetingPolicy.Host(caller, meeting);
        return hosting.Allowed
            ? new Permit(account, MeetingRole.Host, hosting.Reason, meeting.Snapshot.Topic)
            {
                Known = meeting,
                Zak = await api.GetZakAsync(account, caller.HostEmail!.Text, cancellationToken),
            }
            : new Permit(account, MeetingRole.Participant, hosting.Reason, meeting.Snapshot.Topic) { Known = meeting };
    }

    private async Task RecordAsync(
        CallContext call, SignatureRequest request, Permit permit, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var issued = call.Event(
            now,
            AuditActions.SignatureIssued,
            AuditOutcomes.Success,
            new AuditTarget("meeting", request.MeetingNumber.ToString(), permit.Topic),
            permit.Reason,
            request.MeetingNumber.ToString(),
            new JsonObject
            {
                ["role"] = (int)permit.Role,
                ["requestedRole"] = request.Role,
                ["expiresAt"] = Whole(expires),
                ["customerKey"] = call.Caller.Pseudonym,
                ["invitation"] = permit.Invitation?.Id,
                ["passcode"] = request.Include is null ? null : true,
            });
        await audit.RecordAsync(permit.Invitation is { } invitation ? issued.WithOwner(invitation.Owner) : issued, cancellationToken);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    /// <summary>What the caller gets, and why.</summary>
    private sealed record Permit(ZoomAccount Account, MeetingRole Role, string Reason, string? Topic)
    {
        public string? Zak { get; init; }

        public DateTimeOffset? Ends { get; init; }

        public Invitation? Invitation { get; init; }

        /// <summary>The meeting, where it is the caller's organisation's.</summary>
        public RegisteredMeeting? Known { get; init; }
    }
}
