namespace SecureZoom.Functions.Meetings;

/// <summary>Why somebody is, or is not, a meeting's host: stable names, which the trail keeps and callers are told.</summary>
internal static class HostReasons
{
    public const string Host = "host";
    public const string OtherOrganization = "other_organization";
    public const string EmailNotVerified = "email_not_verified";
    public const string EmailDomainUnknown = "email_domain_unknown";
    public const string EmailDomainsUnavailable = "email_domains_unavailable";
    public const string NotTheHost = "not_the_host";
    public const string MfaRequired = "mfa_required";
    public const string HostingNotAllowed = "hosting_not_allowed";
}
