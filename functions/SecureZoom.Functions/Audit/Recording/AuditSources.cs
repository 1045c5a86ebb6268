namespace SecureZoom.Functions.Audit.Recording;

/// <summary>Who told of an event.</summary>
internal static class AuditSources
{
    public const string App = "app";
    public const string Zoom = "zoom";
    public const string Okta = "okta";
    public const string Auth0 = "auth0";
}
