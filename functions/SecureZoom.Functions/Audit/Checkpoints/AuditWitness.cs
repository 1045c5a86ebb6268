using SecureZoom.Functions.Settings;
using SecureZoom.Verification.Log;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>Somebody else who is asked to cosign checkpoints (c2sp.org/tlog-witness): <c>Audit:Witnesses:0:Address</c> and so on.</summary>
/// <param name="Address">The prefix of its calls.</param>
/// <param name="Key">Only what this key has signed counts.</param>
/// <param name="Interval">How often each trail is shown to it.</param>
public sealed record AuditWitness(Uri Address, VerifierKey Key, TimeSpan Interval)
{
    private static readonly TimeSpan Hourly = TimeSpan.FromHours(1);

    public Uri AddCheckpoint => new($"{Address.AbsoluteUri.TrimEnd('/')}/add-checkpoint");

    internal static AuditWitness? Read(SettingsReader settings, string name)
    {
        var address = settings.Address($"{name}:Address");
        var interval = settings.Duration($"{name}:Interval", Hourly);
        var vkey = settings.Required($"{name}:Key");
        if (VerifierKey.TryParse(vkey, out var key) && key.Type == SignatureType.Cosignature)
        {
            return new AuditWitness(address, key, interval);
        }

        if (vkey.Length > 0)
        {
            settings.AddError($"{name}:Key", "is not the vkey of a witness (a timestamped Ed25519 cosigner, type 4)");
        }

        return null;
    }
}
