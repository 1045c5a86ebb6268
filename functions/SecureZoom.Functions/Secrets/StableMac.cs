using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SecureZoom.Functions.Secrets;

/// <summary>
/// HMAC-SHA256 for names that tell nobody what is named: without the key no guess can be confirmed. The key is made of the oldest version
/// of <c>storage-seal-key</c>, so that a rotation changes no name.
/// </summary>
internal sealed class StableMac
{
    private readonly byte[] _key;

    /// <param name="label">What is named: a name of one kind is none of another.</param>
    public StableMac(SecretVersion oldest, string label) => _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(oldest.Value), Encoding.UTF8.GetBytes(label));

    /// <exception cref="SecretException">There is no key.</exception>
    public static async ValueTask<StableMac> OpenAsync(SecretStore secrets, string label, CancellationToken cancellationToken) =>
        new(await secrets.OldestAsync(SecretNames.StorageSealKey, cancellationToken), label);

    /// <returns>64 hex digits.</returns>
    public string Of(params ReadOnlySpan<string?> parts)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var part in parts)
        {
            // Each behind its length, as UTF-16, which keeps what is no text in UTF-8 apart.
            writer.Write(part?.Length ?? -1);
            writer.Write(MemoryMarshal.AsBytes(part.AsSpan()));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(_key, bytes.ToArray()));
    }
}
