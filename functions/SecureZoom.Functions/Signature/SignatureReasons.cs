using SecureZoom.Functions.Meetings;

namespace SecureZoom.Functions.Signature;

/// <summary>Why a signature carries its role: stable names, which the trail keeps and callers are told.</summary>
internal static class SignatureReasons
{
    /// <summary>Participant, as asked for.</summary>
    public const string Member = "member";

    /// <summary>Participant, whatever was asked for: an invitation gives no more.</summary>
    public const string Invitation = "invitation";

    public static IReadOnlyList<string> All { get; } =
    [
        Member, Invitation, HostReasons.Host, HostReasons.EmailNotVerified, HostReasons.EmailDomainUnknown,
        HostReasons.EmailDomainsUnavailable, HostReasons.NotTheHost, HostReasons.MfaRequired, HostReasons.HostingNotAllowed,
    ];
}
