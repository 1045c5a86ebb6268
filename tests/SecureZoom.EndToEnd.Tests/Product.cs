using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Identity;

// Each class runs a whole product; one at a time is what a machine of two cores can do.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace SecureZoom.EndToEnd.Tests;

/// <summary>The whole product as <c>script/server</c> runs it, on free ports and with data of its own.</summary>
public sealed class Product : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("securezoom-");
    private readonly HttpClient _http = new();

    public SandboxHost Sandbox { get; private set; } = null!;

    /// <summary>The folder with the app's settings and everything that is kept.</summary>
    public string Data => _data.FullName;

    public Uri Site => Sandbox.Site.Address;

    public async ValueTask InitializeAsync()
    {
        var ports = FreePorts(7);
        Sandbox = await SandboxHost.StartAsync(
            new SandboxOptions
            {
                AppPort = ports[0],
                IdentityPort = ports[1],
                ZoomPort = ports[2],
                SitePort = ports[3],
                BlobPort = ports[4],
                QueuePort = ports[5],
                TablePort = ports[6],
                Data = _data.FullName,
            },
            _ => { },
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Sandbox.DisposeAsync();
        _data.Delete(recursive: true);
    }

    /// <summary>Calls the app in somebody's name.</summary>
    public async Task<JsonObject> GetAsync(Account account, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Sandbox.AppAddress, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Sandbox.Identity.MintToken(account));
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }

    /// <summary>The whole trail of an organisation, the newest record first.</summary>
    public async Task<IReadOnlyList<JsonObject>> ReadTrailAsync(Account account, string filters)
    {
        var records = new List<JsonObject>();
        var cursor = "";
        do
        {
            var page = await GetAsync(account, $"audit?limit=500&{filters}{cursor}");
            records.AddRange(page["records"]!.AsArray().Select(record => record!.AsObject()));
            cursor = (string?)page["cursor"] is { } next ? $"&cursor={next}" : "";
        }
        while (cursor.Length > 0);
        return records;
    }

    /// <summary>Ports that nobody listens on now; held together while they are chosen, so that they differ.</summary>
    public static IReadOnlyList<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
