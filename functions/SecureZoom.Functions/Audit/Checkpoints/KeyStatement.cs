using System.Security.Cryptography;
using System.Text.Json;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Audit.Checkpoints;

/// <summary>That keys are the deployment's own, by one of them, so that a key is still known when the vault has it no more.</summary>
/// <param name="Keys">JSON of <see cref="TrustedKeys"/>.</param>
/// <param name="Jws">See <see cref="DetachedJws"/>; of a type of its own, so that it can stand for no checkpoint.</param>
public sealed record KeyStatement(string Keys, string Jws)
{
    private const string Type = "audit-keys";

    public static KeyStatement Sign(TrustedKeys keys, ECDsa signingKey)
    {
        var text = JsonSerializer.Serialize(keys, CheckpointJson.Default.TrustedKeys);
        return new KeyStatement(text, DetachedJws.Sign(Type, text, signingKey));
    }

    /// <summary>The keys, when one of those that are trusted has signed them; else null.</summary>
    public TrustedKeys? ReadIf(TrustedKeys trusted)
    {
        if (!DetachedJws.TryRead(Type, Jws, Keys, out var signature) || trusted.Keys.All(key => key.Thumbprint != signature.Key.Thumbprint))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Keys, CheckpointJson.Default.TrustedKeys);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
