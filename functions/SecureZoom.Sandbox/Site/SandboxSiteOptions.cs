using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Sandbox.Site;

/// <summary>How the site's hosting is started.</summary>
public sealed record SandboxSiteOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The built site, with its <c>staticwebapp.config.json</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>The function app with its route prefix, <c>http://localhost:7071/api</c>.</summary>
    public Uri Api { get; init; } = new("http://localhost:7071/api");

    /// <summary>The identity provider.</summary>
    public Uri Identity { get; init; } = new("http://localhost:7072/");

    /// <summary>The site's client at the identity provider.</summary>
    public string ClientId { get; init; } = IdentityProvider.ClientId;

    /// <summary>The API's identifier there.</summary>
    public string Audience { get; init; } = IdentityProvider.Audience;

    /// <summary>Whether the stand-ins' accounts are offered for signing in.</summary>
    public bool IsSandbox { get; init; } = true;
}
