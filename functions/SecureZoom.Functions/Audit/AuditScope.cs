using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Audit;

/// <summary>Whose trail a caller may read: one's own organisation's, or any, or <c>unassigned</c>.</summary>
internal static class AuditScope
{
    /// <param name="wanted">The organisation asked for; null for the caller's own.</param>
    /// <exception cref="AccessException">The caller may not read that trail.</exception>
    /// <exception cref="RequestException">That is no organisation's id.</exception>
    public static string Of(Caller caller, string? wanted)
    {
        var organization = wanted ?? caller.OrganizationId;
        if (!OrganizationId.IsValid(organization))
        {
            throw new RequestException(RequestError.Invalid, "organization is an organisation's id.");
        }

        if (organization != caller.OrganizationId || !caller.May(Permissions.AuditRead))
        {
            caller.Require(Permissions.AuditReadAny);
        }

        return organization;
    }
}
