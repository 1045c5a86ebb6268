namespace SecureZoom.Sandbox.Real;

/// <summary>A setting without which the real accounts cannot be reached.</summary>
/// <param name="Name">As local.settings.json has it.</param>
/// <param name="Where">Where it is found.</param>
internal sealed record RealValue(string Name, string Where)
{
    /// <summary>The client id of the site's application at Auth0: the site's, which the app does not need.</summary>
    public const string Auth0ClientId = "AUTH0_CLIENT_ID";

    public static IReadOnlyList<RealValue> All { get; } =
    [
        new("Auth0__Domain", "Auth0: the tenant's domain"),
        new("Auth0__Audience", "Auth0: the API's identifier"),
        new(Auth0ClientId, "Auth0: the client id of the single page application"),
        new("Zoom__Accounts__0__AccountId", "Zoom, Server-to-Server app: account id"),
        new("Zoom__Accounts__0__ClientId", "Zoom, Server-to-Server app: client id"),
        new("Zoom__Accounts__0__SdkClientId", "Zoom, Meeting SDK app: client id"),
        new("Secrets__zoom-client-secret", "Zoom, Server-to-Server app: client secret"),
        new("Secrets__zoom-sdk-client-secret", "Zoom, Meeting SDK app: client secret"),
        new("Secrets__zoom-webhook-secret", "Zoom, Server-to-Server app: secret token of the event subscriptions"),
    ];

    /// <summary>Whether it is not shown when it is typed.</summary>
    public bool IsSecret => Name.StartsWith("Secrets__", StringComparison.Ordinal);

    /// <summary>What the example has is no value.</summary>
    public static bool IsMissing(string? value) => string.IsNullOrWhiteSpace(value) || value.StartsWith("your-", StringComparison.Ordinal);
}
