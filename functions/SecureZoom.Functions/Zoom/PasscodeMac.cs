using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Zoom;

/// <summary>Stands for a meeting's passcode where it must not be: two are the same passcode of one meeting, and nobody can tell which without our key.</summary>
internal static class PasscodeMac
{
    private const string Label = "meeting passcode";

    /// <exception cref="SecretException">There is no key.</exception>
    public static async ValueTask<string> OfAsync(SecretStore secrets, string accountId, string meeting, string passcode, CancellationToken cancellationToken) =>
        (await StableMac.OpenAsync(secrets, Label, cancellationToken)).Of(accountId, meeting, passcode);
}
