using SecureZoom.Verification.Log;

namespace SecureZoom.Witness;

/// <summary>Who a witness is, and whose logs it watches.</summary>
/// <param name="Folder">Where its key and its records are kept.</param>
/// <param name="Name">An address without scheme, by custom.</param>
/// <param name="Port">On 127.0.0.1; 0 for a free one. What faces the network is a proxy with a certificate.</param>
/// <param name="Logs">The logs' keys. A key speaks for the origin that it names, and for every one below it.</param>
public sealed record WitnessOptions(string Folder, string Name, int Port, IReadOnlyList<VerifierKey> Logs)
{
    /// <summary>The keys that may sign for an origin; none when it is unknown.</summary>
    internal IReadOnlyList<VerifierKey> KeysOf(string origin) =>
        [.. Logs.Where(key => origin == key.Name || origin.StartsWith($"{key.Name}/", StringComparison.Ordinal))];
}
