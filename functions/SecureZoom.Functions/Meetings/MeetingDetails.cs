using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Meetings;

/// <summary>One meeting as lists have it: from the registry, without its passcode, and without asking Zoom; so reading it is not recorded.</summary>
public sealed class MeetingDetails(MeetingRegistry registry, TimeProvider time)
{
    /// <summary>The meeting, also where Zoom has it no more.</summary>
    /// <exception cref="AccessException">The caller may not join the organisation's meetings.</exception>
    /// <exception cref="MeetingNotFoundException">The organisation has no such meeting.</exception>
    public async Task<MeetingView> GetAsync(Caller caller, MeetingNumber number, CancellationToken cancellationToken)
    {
        caller.Require(Permissions.MeetingsJoin);
        var known = await registry.FindPastAsync(caller.OrganizationId, number, cancellationToken)
            ?? throw new MeetingNotFoundException(number.ToString());
        return MeetingMapping.View(caller, known.At(time.GetUtcNow()));
    }
}
