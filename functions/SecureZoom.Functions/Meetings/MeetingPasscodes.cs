using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>Gives a meeting another passcode, and withdraws the invitations that hold the one before.</summary>
public sealed class MeetingPasscodes(MeetingService meetings, MeetingRegistry registry, ZoomApi api, SecretStore secrets, TimeProvider time)
{
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    /// <exception cref="AccessException">Neither the host nor a manager.</exception>
    /// <exception cref="ZoomException">Zoom refuses, or does not answer.</exception>
    /// <exception cref="AuditUnavailableException">The trail takes no intent, so nothing was changed.</exception>
    public async Task<PasscodeAnswer> ChangeAsync(CallContext call, MeetingNumber number, CancellationToken cancellationToken)
    {
        var known = await meetings.FindManagedAsync(call.Caller, number, cancellationToken);
        var passcode = MeetingMapping.NewPasscode();
        var told = await PasscodeMac.OfAsync(secrets, known.AccountId, number.ToString(), passcode, cancellationToken);
        var done = await meetings.ChangeAsync(
            call, known, AuditActions.PasscodeChange, AuditActions.PasscodeChanged, details: null,
            account => api.ChangePasscodeAsync(account, number, passcode, CancellationToken.None),
            cancellationToken);
        // By our clock after Zoom's change: an invitation that is being made has asked before, or is made anew.
        await registry.ChangePasscodeAsync(
            known.Organization, number, time.GetUtcNow(), CancellationToken.None,
            // Zoom calls it an update.
            done with { Echo = ZoomEventNames.MeetingUpdated, Asked = new Dictionary<string, string> { [MeetingValues.Passcode] = told } });
        return new PasscodeAnswer(passcode);
    }
}
