using Microsoft.IdentityModel.Protocols;

namespace SecureZoom.Functions.Identity;

/// <summary>How issuers' documents are fetched: no redirects, five seconds, a megabyte.</summary>
internal static class DiscoveryDocuments
{
    private const int MaxBytes = 1024 * 1024;

    public static IDocumentRetriever Create()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(2) };
        var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = MaxBytes };

        // Whether http is allowed was decided when the settings were read: on loopback only.
        return new HttpDocumentRetriever(client) { RequireHttps = false };
    }
}
