using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Identity;

/// <summary>The keys that sign tokens and those that the key set lists: the current one, the next, retired ones.</summary>
internal sealed class SigningKeys
{
    private readonly Lock _lock = new();
    private readonly List<SigningCredentials> _retired = [];
    private SigningCredentials _current;
    private SigningCredentials _next;
    private SigningCredentials? _rotated;
    private SigningCredentials? _unknown;

    private SigningKeys(StoredKeys stored)
    {
        _current = Read(stored.Current);
        _next = Read(stored.Next);
        Encryption = new SymmetricSecurityKey(Convert.FromBase64String(stored.EncryptionKey));
    }

    /// <summary>Encrypts authorization codes and refresh tokens, also after a restart.</summary>
    public SymmetricSecurityKey Encryption { get; }

    /// <summary>What the key set lists now.</summary>
    public IReadOnlyList<SecurityKey> Published
    {
        get
        {
            lock (_lock)
            {
                SigningCredentials?[] keys = [_current, _next, _rotated, .. _retired];
                return [.. keys.OfType<SigningCredentials>().Select(key => key.Key)];
            }
        }
    }

    /// <summary>The keys of a file, which is made when there is none; or new ones without a file.</summary>
    public static async Task<SigningKeys> LoadAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return new SigningKeys(Create());
        }

        var stored = await SecretFile.ReadAsync<StoredKeys>(file, cancellationToken);
        if (stored is null)
        {
            stored = Create();
            await SecretFile.WriteAsync(file, stored, cancellationToken);
        }

        try
        {
            return new SigningKeys(stored);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or CryptographicException or NullReferenceException)
        {
            throw SecretFile.Damaged(file, fault);
        }
    }

    /// <summary>The key to sign with; the first use of <see cref="TokenKey.Rotated"/> publishes it.</summary>
    public SigningCredentials Of(TokenKey key)
    {
        lock (_lock)
        {
            return key switch
            {
                TokenKey.Rotated => _rotated ??= Read(CreateKey()),
                TokenKey.Unknown => _unknown ??= Read(CreateKey()),
                _ => _current,
            };
        }
    }

    /// <summary>The next key becomes the current one, as when an Auth0 tenant rotates.</summary>
    public void Rotate()
    {
        lock (_lock)
        {
            _retired.Add(_current);
            _current = _next;
            _next = Read(CreateKey());
        }
    }

    /// <summary>Takes the retired keys out of the key set.</summary>
    public void RevokeRetired()
    {
        lock (_lock)
        {
            _retired.Clear();
        }
    }

    private static StoredKeys Create() =>
        new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), CreateKey(), CreateKey());

    private static StoredKeys.SigningKey CreateKey()
    {
        using var rsa = RSA.Create(2048);
        return new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), rsa.ExportPkcs8PrivateKeyPem());
    }

    private static SigningCredentials Read(StoredKeys.SigningKey key)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(key.Pem);
        return new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = key.Id }, SecurityAlgorithms.RsaSha256);
    }
}
