namespace SecureZoom.Functions.IdentityEvents;

/// <summary>Auth0's Management API gives no token.</summary>
internal sealed class ManagementException(string reason) : Exception("No token for the Management API.")
{
    /// <summary>In snake_case.</summary>
    public string Reason => reason;
}
