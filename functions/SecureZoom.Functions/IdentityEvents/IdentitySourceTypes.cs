using SecureZoom.Functions.Audit.Recording;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>What kinds of sources there are.</summary>
public static class IdentitySourceTypes
{
    public const string Okta = AuditSources.Okta;
    public const string Auth0 = AuditSources.Auth0;
}
