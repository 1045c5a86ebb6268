using System.Text.Json.Nodes;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Grants;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Signature;

/// <summary>Issues Meeting SDK signatures: to whom the meeting is open, with the role that the claims allow, once it is on record.</summary>
/// <remarks>I/O on the way: one point read (none with a grant), the host's ZAK for role 1, one audit enqueue.</remarks>
public sealed class SignatureIssuer(
    SignatureOptions options,
    PersonLimits limits,
    MeetingRegistry registry,
    GrantSeal grants,
    ZoomOptions zoom,
    ZoomApi api,
    SecretStore secrets,
    AuditRecorder audit,
    AppMetrics metrics,
    TimeProvider time)
{
    /// <exception cref="RequestException">A member out of range, or too many requests.</exception>
    /// <exception cref="AccessException">Neither may the caller join the organisation's meetings nor does a grant fit.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no record, so there is no signature.</exception>
    public async Task<SignatureResponse> IssueAsync(CallContext call, SignatureRequest wanted, CancellationToken cancellationToken)
    {
        limits.Signature(call.Caller);
        var lifetime = Check(wanted);
        var permit = wanted.Grant is { } grant
            ? await AdmitByGrantAsync(call, wanted, grant, cancellationToken)
            : await AdmitByOrganizationAsync(call, wanted, cancellationToken);
        var now = time.GetUtcNow();
        var expires = Earlier(now + lifetime, permit.Ends);
        var secret = await secrets.CurrentAsync(permit.Account.SdkClientSecretName, cancellationToken);
        var signature = MeetingSignature.Mint(
            permit.Account.SdkClientId, secret.Value, wanted.MeetingNumber, permit.Role, now, expires, wanted.VideoWebRtcMode != 0);
        await RecordAsync(call, wanted, permit, now, expires, cancellationToken);
        metrics.SignatureIssued((int)permit.Role);
        return new SignatureResponse(
            signature, permit.Account.SdkClientId, wanted.MeetingNumber.ToString(), (int)permit.Role, Whole(expires), permit.Zak);
    }

    private TimeSpan Check(SignatureRequest wanted)
    {
        if (wanted.Role is not (0 or 1))
        {
            throw new RequestException(RequestError.Invalid, "role is 0 or 1.");
        }

        if (wanted.VideoWebRtcMode is not (null or 0 or 1))
        {
            throw new RequestException(RequestError.Invalid, "videoWebRtcMode is 0 or 1.");
        }

        var seconds = wanted.ExpirationSeconds ?? options.DefaultExpirationSeconds;
        return seconds >= SignatureOptions.MinExpirationSeconds && seconds <= options.MaxExpirationSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw new RequestException(
                RequestError.Invalid,
                $"expirationSeconds is {SignatureOptions.MinExpirationSeconds} to {options.MaxExpirationSeconds}.");
    }

    private async Task<Permit> AdmitByGrantAsync(CallContext call, SignatureRequest wanted, string token, CancellationToken cancellationToken)
    {
        var grant = await grants.OpenAsync(token, call.Caller, cancellationToken);
        if (grant.Meeting != wanted.MeetingNumber.Value)
        {
            throw new MeetingNotFoundException(wanted.MeetingNumber.ToString());
        }

        return new Permit(zoom.AccountOf(grant.Owner), MeetingRole.Participant, "grant", grant.Topic) { Ends = grant.Expires, Grant = grant };
    }

    private async Task<Permit> AdmitByOrganizationAsync(CallContext call, SignatureRequest wanted, CancellationToken cancellationToken)
    {
        var caller = call.Caller;
        caller.Require(Permissions.MeetingsJoin);
        var meeting = await registry.FindAsync(caller.OrganizationId, wanted.MeetingNumber, cancellationToken)
            ?? throw new MeetingNotFoundException(wanted.MeetingNumber.ToString());
        var account = zoom.ById(meeting.AccountId);
        if (wanted.Role == (int)MeetingRole.Participant)
        {
            return new Permit(account, MeetingRole.Participant, "member", meeting.Snapshot.Topic);
        }

        var hosting = MeetingPolicy.Host(caller, meeting);
        return hosting.Allowed
            ? new Permit(account, MeetingRole.Host, hosting.Reason, meeting.Snapshot.Topic)
            {
                Zak = await api.GetZakAsync(account, caller.VerifiedEmail!, cancellationToken),
            }
            : new Permit(account, MeetingRole.Participant, hosting.Reason, meeting.Snapshot.Topic);
    }

    private async Task RecordAsync(
        CallContext call, SignatureRequest wanted, Permit permit, DateTimeOffset now, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var issued = call.Event(
            now,
            "signature.issued",
            AuditOutcomes.Success,
            new AuditTarget("meeting", wanted.MeetingNumber.ToString(), permit.Topic),
            permit.Reason,
            wanted.MeetingNumber.ToString(),
            new JsonObject
            {
                ["role"] = (int)permit.Role,
                ["requestedRole"] = wanted.Role,
                ["expiresAt"] = Whole(expires),
                ["customerKey"] = call.Caller.Pseudonym,
                ["grant"] = permit.Grant?.Id,
            });
        await audit.RecordAsync(issued with { AlsoIn = permit.Grant?.Owner }, cancellationToken);
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    /// <summary>What the caller gets, and why.</summary>
    private sealed record Permit(ZoomAccount Account, MeetingRole Role, string Reason, string? Topic)
    {
        public string? Zak { get; init; }

        public DateTimeOffset? Ends { get; init; }

        public Grant? Grant { get; init; }
    }
}
