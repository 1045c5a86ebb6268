using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Checkup;

/// <summary>One thing broken.</summary>
/// <param name="Subject">What the doctor calls it.</param>
/// <param name="Found">What it says of it, in part.</param>
/// <param name="Settings">Settings that differ; null takes one away.</param>
internal sealed record Breakage(string Subject, string Found, params (string Name, string? Value)[] Settings)
{
    /// <summary>Where the app is said to be; null for where it is.</summary>
    public string? Api { get; init; }

    public Account? Person { get; init; }

    public TokenOverrides? Token { get; init; }

    public TimeSpan Ahead { get; init; }

    /// <summary>The scopes that Zoom gives; null for those that are needed.</summary>
    public string[]? Scopes { get; init; }

    public override string ToString() => $"{Subject}: {Found}";
}
