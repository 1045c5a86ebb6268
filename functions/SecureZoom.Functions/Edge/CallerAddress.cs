using System.Net;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Functions.Edge;

/// <summary>Where a call comes from. The connection is the Functions host's; the caller's address is what a trusted proxy wrote.</summary>
/// <param name="forwardedHops">
/// How many proxies in front of the app append to <c>X-Forwarded-For</c>: the caller is that entry from the right, and what stands left of
/// it is the caller's own claim. 0 when nobody does.
/// </param>
internal sealed class CallerAddress(int forwardedHops)
{
    private const int Most = 10;

    /// <summary>Reads <c>Http:ForwardedHops</c>; Azure's front end is one proxy.</summary>
    public static CallerAddress Read(SettingsReader settings) =>
        new(settings.Number("Http:ForwardedHops", otherwise: settings.IsInAzure ? 1 : 0, least: 0, Most));

    /// <returns>The address; null when it is unknown.</returns>
    public IPAddress? Of(HttpRequest request)
    {
        // Not by rules that know quotes: one that the caller leaves open would hide what the proxies wrote after it.
        var entries = string.Join(',', request.Headers["X-Forwarded-For"].AsEnumerable()).Split(',');
        // With a port or without; IPv6 with a port is in brackets.
        return forwardedHops > 0 && entries.Length >= forwardedHops && IPEndPoint.TryParse(entries[^forwardedHops].Trim(), out var caller)
            ? caller.Address.IsIPv4MappedToIPv6 ? caller.Address.MapToIPv4() : caller.Address
            : null;
    }
}
