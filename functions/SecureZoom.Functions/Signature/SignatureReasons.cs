using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.Signature;

/// <summary>Why a signature has the role that it has.</summary>
internal static class SignatureReasons
{
    public static IReadOnlyList<string> All { get; } =
    [
        AuditReasons.Member, AuditReasons.Invitation, AuditReasons.Host, AuditReasons.EmailNotVerified, AuditReasons.EmailDomainUnknown,
        AuditReasons.EmailDomainsUnavailable, AuditReasons.NotTheHost, AuditReasons.MfaRequired, AuditReasons.HostingNotAllowed,
    ];
}
