using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Zoom;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Two Zoom accounts behind one address, as at Zoom: which one is asked, the access token says.</summary>
public sealed class TwoZooms : IAsyncDisposable
{
    public const string OtherAccountId = "acct_other";

    private readonly ConcurrentDictionary<string, OwnZoom> _byToken = new();
    private readonly OwnZoom _one;
    private readonly OwnZoom _other;

    private TwoZooms(OwnZoom one, OwnZoom other) => (_one, _other) = (one, other);

    /// <summary>The settings of an app in which the second account is one organisation's and the first is for all others.</summary>
    public Dictionary<string, string?> Settings(string organization) => new(_one.Settings)
    {
        ["Zoom:Accounts:1:AccountId"] = OtherAccountId,
        ["Zoom:Accounts:1:Organizations"] = organization,
        ["Zoom:Accounts:1:ClientId"] = "s2s-client-id",
        ["Zoom:Accounts:1:SdkClientId"] = Cloud.SdkClientId,
    };

    public static async Task<TwoZooms> StartAsync(Cloud cloud) =>
        new(await OwnZoom.StartAsync(cloud), await OwnZoom.StartAsync(cloud, options => options with { AccountId = OtherAccountId }));

    /// <summary>Puts both behind the app's clients.</summary>
    public void Serve(IServiceCollection services)
    {
        services.AddHttpClient(ZoomTokens.HttpClientName).AddHttpMessageHandler(() => new Switch(this));
        services.AddHttpClient(ZoomCalls.HttpClientName).AddHttpMessageHandler(() => new Switch(this));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    private async Task<OwnZoom> FindAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } token })
        {
            return _byToken[token];
        }

        var form = await request.Content!.ReadAsStringAsync(cancellationToken);
        return form.Contains(OtherAccountId, StringComparison.Ordinal) ? _other : _one;
    }

    /// <summary>Sends each request to the Zoom that it is for.</summary>
    private sealed class Switch(TwoZooms zooms) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var zoom = await zooms.FindAsync(request, cancellationToken);
            request.RequestUri = new Uri(zoom.Zoom.Address, request.RequestUri!.PathAndQuery);
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri.AbsolutePath == "/oauth/token" && response.IsSuccessStatusCode)
            {
                var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
                zooms._byToken[(string)answer!["access_token"]!] = zoom;
            }

            return response;
        }
    }
}
