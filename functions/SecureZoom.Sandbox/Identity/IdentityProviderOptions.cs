namespace SecureZoom.Sandbox.Identity;

/// <summary>How the identity provider is started.</summary>
public sealed record IdentityProviderOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The origin of the site: the only place that codes, messages and signed-out browsers are sent to.</summary>
    public Uri Site { get; init; } = new("http://localhost:4280");

    /// <summary>Where the keys are kept over restarts; null for new ones each time.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The app's address, which events are sent to; null for nowhere. <see cref="IdentityProvider.EventTarget"/> changes it later.</summary>
    public Uri? EventTarget { get; init; }

    /// <summary>The secret that Okta's event hooks carry.</summary>
    public string OktaSecret { get; init; } = "";

    /// <summary>The secret that Auth0's log stream carries.</summary>
    public string Auth0Secret { get; init; } = "";

    /// <summary>The token that reads Okta's System Log; nobody does when it is empty.</summary>
    public string SystemLogToken { get; init; } = "";

    /// <summary>The secret of the client that may call the Management API; nobody may when it is empty.</summary>
    public string ManagementSecret { get; init; } = "";

    /// <summary>The clock of all tokens.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether an address is on the site, by its exact origin.</summary>
    internal bool IsOnSite(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.UserInfo.Length == 0
        && uri.GetLeftPart(UriPartial.Authority) == Site.GetLeftPart(UriPartial.Authority);
}
