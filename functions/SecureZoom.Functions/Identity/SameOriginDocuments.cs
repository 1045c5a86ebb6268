using Microsoft.IdentityModel.Protocols;

namespace SecureZoom.Functions.Identity;

/// <summary>Lets discovery read documents of the issuer's own origin only, so that metadata cannot point to somebody else's keys.</summary>
internal sealed class SameOriginDocuments(TrustedIssuer issuer, IDocumentRetriever inner) : IDocumentRetriever
{
    public Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && Uri.Compare(uri, new Uri(issuer.Issuer), UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        && uri.UserInfo.Length == 0
            ? inner.GetDocumentAsync(address, cancel)
            : throw new InvalidOperationException("The metadata names an address outside the issuer's origin.");
}
