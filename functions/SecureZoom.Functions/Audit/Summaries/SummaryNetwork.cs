using System.Net;
using System.Net.Sockets;

namespace SecureZoom.Functions.Audit.Summaries;

/// <summary>Networks, as far as two addresses are told to be in one.</summary>
internal static class SummaryNetwork
{
    /// <summary>The network that an address is in: /24, of IPv6 /48.</summary>
    public static string? Of(string? ip)
    {
        if (!IPAddress.TryParse(ip, out var address))
        {
            return null;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 24 : 48;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(bits / 8).Clear();
        return $"{new IPAddress(bytes)}/{bits}";
    }

    /// <summary>IPv4 and IPv6 cannot be compared: many have both.</summary>
    public static bool IsElsewhere(string network, IReadOnlyList<string> known)
    {
        var alike = known.Where(one => one.Contains(':', StringComparison.Ordinal) == network.Contains(':', StringComparison.Ordinal)).ToList();
        return alike.Count > 0 && !alike.Contains(network, StringComparer.Ordinal);
    }
}
