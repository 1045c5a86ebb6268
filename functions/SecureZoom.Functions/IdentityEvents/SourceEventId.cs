using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.IdentityEvents;

/// <summary>The id of a source's event in the trail: the same however often it is told, and nobody else can make one that it would be taken for.</summary>
public sealed class SourceEventId(SecretStore secrets)
{
    private const string Label = "identity-event";
    private const int Length = 32;

    /// <param name="id">The source's own.</param>
    /// <exception cref="SecretException">There is no key.</exception>
    public async ValueTask<string> OfAsync(IdentitySource source, string organization, string id, CancellationToken cancellationToken) =>
        (await StableMac.OpenAsync(secrets, Label, cancellationToken)).Of(source.Name, organization, id)[..Length];
}
