using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Meetings;

/// <summary>Who hosts a meeting that is created: the caller, or whom a manager names.</summary>
internal static class MeetingHost
{
    /// <exception cref="AccessException">The caller may not host, or not choose that host.</exception>
    /// <exception cref="RequestException">The host is outside the organisation.</exception>
    public static string Of(Caller caller, CreateMeeting request)
    {
        var domains = caller.RequireEmailDomains();
        var host = EmailAddress.Parse(request.Host);
        if (host is not null && host != caller.VerifiedEmail)
        {
            caller.Require(Permissions.MeetingsManage);
            return domains.Contains(host.Domain) ? host.Text
                : domains.Count == 0 ? throw UnknownDomain()
                : throw new RequestException(RequestError.Invalid, "host is an address in the organisation's domains.");
        }

        if (!caller.EmailVerified)
        {
            throw new AccessException(AccessError.EmailNotVerified, "Hosting needs a verified e-mail address.");
        }

        return caller.HostEmail?.Text ?? throw UnknownDomain();
    }

    private static AccessException UnknownDomain() => new(
        AccessError.EmailDomainUnknown, "Hosting needs an address in a domain that the identity provider, or a setting, says is the organisation's.");
}
