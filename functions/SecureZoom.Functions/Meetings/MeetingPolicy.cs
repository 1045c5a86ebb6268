using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Meetings;

/// <summary>Who may do what with a meeting of their organisation: pure, caller x meeting -> decision.</summary>
internal static class MeetingPolicy
{
    /// <summary>Hosting: the caller's own verified address, in the organisation's own domains, is a host's, and hosting is allowed to them now.</summary>
    public static Decision Host(Caller caller, RegisteredMeeting meeting)
    {
        if (caller.OrganizationId != meeting.Organization)
        {
            return Decision.Deny(AuditReasons.OtherOrganization);
        }

        if (!caller.EmailVerified)
        {
            return Decision.Deny(AuditReasons.EmailNotVerified);
        }

        if (caller.EmailDomains is null)
        {
            return Decision.Deny(AuditReasons.EmailDomainsUnavailable);
        }

        if (caller.HostEmail is not { } email)
        {
            return Decision.Deny(AuditReasons.EmailDomainUnknown);
        }

        if (!meeting.IsHost(email))
        {
            return Decision.Deny(AuditReasons.NotTheHost);
        }

        if (caller.HostingNeedsMfa)
        {
            return Decision.Deny(AuditReasons.MfaRequired);
        }

        return caller.May(Permissions.MeetingsHost) ? Decision.Allow(AuditReasons.Host) : Decision.Deny(AuditReasons.HostingNotAllowed);
    }

    /// <summary>Changing, ending, deleting, inviting: the host, or whoever manages the organisation's meetings.</summary>
    public static Decision Manage(Caller caller, RegisteredMeeting meeting)
    {
        var host = Host(caller, meeting);
        return !host.Allowed && caller.OrganizationId == meeting.Organization && caller.May(Permissions.MeetingsManage)
            ? Decision.Allow("manager")
            : host;
    }
}
