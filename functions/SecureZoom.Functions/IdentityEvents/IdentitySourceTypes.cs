namespace SecureZoom.Functions.IdentityEvents;

/// <summary>What kinds of sources there are.</summary>
public static class IdentitySourceTypes
{
    public const string Okta = "okta";
    public const string Auth0 = "auth0";
}
