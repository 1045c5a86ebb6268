using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Http;
using SecureZoom.Functions.Identity;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Whose trail a caller may read: one's own organisation's, or any, or <c>unassigned</c>.</summary>
internal static class AuditScope
{
    /// <param name="requested">The organisation asked for; null for the caller's own.</param>
    /// <exception cref="AccessException">The caller may not read that trail.</exception>
    /// <exception cref="RequestException">That is no organisation's id.</exception>
    public static string Of(Caller caller, string? requested)
    {
        var organization = requested ?? caller.OrganizationId;
        if (!OrganizationId.IsValid(organization) && organization != OrganizationId.Unassigned)
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
