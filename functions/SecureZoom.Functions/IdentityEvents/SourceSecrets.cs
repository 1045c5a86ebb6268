using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>Tells by the secret that a call carries whose source it is. Nothing of the call is read before.</summary>
public sealed class SourceSecrets(IdentityEventsOptions options, SecretStore secrets)
{
    /// <summary>The one source of a type that has the secret: any enabled version of it, during a rotation.</summary>
    /// <param name="authorization">The header, whose whole value is the secret.</param>
    /// <exception cref="UnknownSourceException">None has it, or more than one, of which nobody could say whose it is.</exception>
    /// <exception cref="SecretException">A source's secret cannot be had, and it may be that one; or no source has one.</exception>
    public async Task<IdentitySource> VerifyAsync(string type, StringValues authorization, CancellationToken cancellationToken)
    {
        if (authorization is not [{ Length: > 0 } shown])
        {
            throw new UnknownSourceException();
        }

        var sources = options.Sources.Where(source => source.Type == type).ToList();
        var fitting = new List<IdentitySource>();
        var unset = 0;
        SecretException? missing = null;
        foreach (var source in sources)
        {
            try
            {
                // All are compared, whichever fits: the time tells nothing.
                var versions = await secrets.FindAsync(source.SecretName, cancellationToken);
                unset += versions.Count == 0 ? 1 : 0;
                if (versions.Select(version => IsSame(version.Value, shown)).ToList().Contains(true))
                {
                    fitting.Add(source);
                }
            }
            catch (SecretException exception)
            {
                // One source's trouble is not the others'.
                missing = exception;
            }
        }

        if (sources.Count > 0 && unset == sources.Count)
        {
            missing = new SecretException("of any source");
        }

        return fitting is [var only] ? only : throw (fitting.Count == 0 && missing is not null ? missing : new UnknownSourceException());
    }

    /// <summary>By hashes, so that not even the length shows.</summary>
    private static bool IsSame(string secret, string shown) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), SHA256.HashData(Encoding.UTF8.GetBytes(shown)));
}
