using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Identity;

// Collections run side by side, each with a product of its own: two are what a machine of two cores can do, and they wait a lot.
[assembly: Xunit.v3.Parallelization(MaxThreads = 2)]

namespace SecureZoom.EndToEnd.Tests;

/// <summary>The whole product as <c>script/server</c> runs it, on free ports and with data of its own.</summary>
public sealed class Product : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("securezoom-");
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<string> _output = new();

    public SandboxHost Sandbox { get; private set; } = null!;

    /// <summary>The folder with the app's settings and everything that is kept.</summary>
    public string Data => _data.FullName;

    public Uri Site => Sandbox.SiteAddress;

    /// <summary>Every line that the app has written, its logs among them.</summary>
    public IReadOnlyCollection<string> Output => _output;

    public async ValueTask InitializeAsync()
    {
        Sandbox = await SandboxHost.StartAsync(
            SandboxOptions.Beside(_data.FullName),
            _output.Enqueue,
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Sandbox.DisposeAsync();
        _data.Delete(recursive: true);
    }

    /// <summary>Calls the app in somebody's name.</summary>
    public Task<JsonObject> GetAsync(Account account, string path) => SendAsync(HttpMethod.Get, account, path, content: null);

    /// <summary>Calls the app in somebody's name.</summary>
    public Task<JsonObject> PostAsync(Account account, string path, JsonObject body) =>
        SendAsync(HttpMethod.Post, account, path, JsonContent.Create(body));

    /// <returns>The meeting's number.</returns>
    public async Task<long> CreateMeetingAsync(Account account, string topic) =>
        (long)(await PostAsync(account, "meetings", new JsonObject { ["topic"] = topic }))["id"]!;

    /// <summary>A denial in the trail: somebody who may not host tries to create a meeting.</summary>
    public async Task BeRefusedAsync(Account account)
    {
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => CreateMeetingAsync(account, "Not mine to make"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    /// <returns>The token of a new invitation.</returns>
    public async Task<string> InviteAsync(Account host, long meeting, Account guest) =>
        (string)(await PostAsync(host, $"meetings/{meeting}/invitations", new JsonObject { ["email"] = guest.Email }))["invitation"]!;

    /// <summary>Lets the host open a meeting at Zoom; done once the list of meetings says so.</summary>
    public async Task StartMeetingAsync(Account host, long meeting)
    {
        var address = new Uri(Sandbox.Zoom.Address, $"sandbox/meetings/{meeting}/start");
        using var response = await _http.PostAsJsonAsync(address, new JsonObject(), TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        await UntilAsync(async () => (await GetAsync(host, "meetings"))["meetings"]!.AsArray()
            .Any(listed => (long)listed!["id"]! == meeting && (string)listed["status"]! == "started"));
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

    /// <summary>Waits until a trail holds this many records of a kind: what happens is recorded a moment later.</summary>
    public Task WhenRecordedAsync(Account account, string filters, int count) =>
        UntilAsync(async () => (await ReadTrailAsync(account, filters)).Count >= count);

    /// <summary>Looks until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(3));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await holds())
        {
            await tick.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>A file, in somebody's name.</summary>
    public async Task<string> GetTextAsync(Account account, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Sandbox.AppAddress, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Sandbox.Identity.MintToken(account));
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, Account account, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(Sandbox.AppAddress, path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Sandbox.Identity.MintToken(account));
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }
}
