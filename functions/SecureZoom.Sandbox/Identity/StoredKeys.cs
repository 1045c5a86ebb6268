namespace SecureZoom.Sandbox.Identity;

/// <summary>The identity provider's keys as its file keeps them.</summary>
/// <param name="EncryptionKey">The 256-bit key of authorization codes and refresh tokens, base64.</param>
/// <param name="Current">The key that signs.</param>
/// <param name="Next">The key that is published to sign next.</param>
internal sealed record StoredKeys(string EncryptionKey, StoredKeys.SigningKey Current, StoredKeys.SigningKey Next)
{
    /// <param name="Id">The key's id, <c>kid</c>.</param>
    /// <param name="Pem">The private key, PKCS#8.</param>
    internal sealed record SigningKey(string Id, string Pem);
}
