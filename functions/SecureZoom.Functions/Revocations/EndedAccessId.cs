using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Revocations;

/// <summary>
/// Which row of the list a change is of. It is a MAC: records name it for ever, and whom it is about must be told by no guess once they are
/// forgotten.
/// </summary>
internal sealed class EndedAccessId(StableMac mac)
{
    private const string Label = "ended access";
    private const int Length = 32;

    /// <exception cref="SecretException">There is no key.</exception>
    public static async ValueTask<EndedAccessId> OpenAsync(SecretStore secrets, CancellationToken cancellationToken) =>
        new(await StableMac.OpenAsync(secrets, Label, cancellationToken));

    /// <summary>One row a kind, person or session, and reach: the same event again finds its own.</summary>
    /// <returns>32 hex digits.</returns>
    public string Of(EndedAccessChange change) => mac.Of(change.Kind.ToString(), change.Reach, change.Issuer, change.Subject)[..Length];
}
