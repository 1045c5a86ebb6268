using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>
/// An issuer of the tests' own: signs whatever it is given, publishes the keys and metadata it is told to, counts what it is asked
/// and holds or spoils its answers.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private const string KeySetPath = "/.well-known/jwks.json";

    private readonly WebApplication _application;
    private readonly TimeProvider _time;
    private int _discoveryRequests;
    private int _keySetRequests;
    private volatile Task _gate = Task.CompletedTask;

    private TestIssuer(string name, TimeProvider time)
    {
        Audience = $"https://{name}.api.example";
        Organization = $"org_{name}";
        Key = new TestKey($"{name}-key");
        Published = [Key.ToJwk()];
        _time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.MapGet("/.well-known/openid-configuration", context =>
        {
            Interlocked.Increment(ref _discoveryRequests);
            return AnswerAsync(context, Discovery ?? Metadata().ToJsonString());
        });
        _application.MapGet(KeySetPath, context =>
        {
            Interlocked.Increment(ref _keySetRequests);
            return AnswerAsync(context, new JsonObject { ["keys"] = new JsonArray([.. Published.Select(key => key.DeepClone())]) }.ToJsonString());
        });
    }

    /// <summary>The exact <c>iss</c>, an address on 127.0.0.1 with a slash behind it.</summary>
    public string Id => $"{_application.Urls.First()}/";

    public string Audience { get; }

    /// <summary>The organisation that its usual tokens name.</summary>
    public string Organization { get; }

    /// <summary>The good key.</summary>
    public TestKey Key { get; }

    /// <summary>What the key set lists.</summary>
    public IReadOnlyList<JsonObject> Published { get; set; }

    /// <summary>The metadata instead of the usual ones.</summary>
    public string? Discovery { get; set; }

    /// <summary>What happens to every request instead of its answer; null for the answer.</summary>
    public Func<HttpContext, Task>? Fault { get; set; }

    public int DiscoveryRequests => Volatile.Read(ref _discoveryRequests);

    public int KeySetRequests => Volatile.Read(ref _keySetRequests);

    public static async Task<TestIssuer> StartAsync(string name, TimeProvider time)
    {
        var issuer = new TestIssuer(name, time);
        await issuer._application.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    /// <summary>Holds every answer until the result is completed.</summary>
    public TaskCompletionSource Hold()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate = gate.Task;
        return gate;
    }

    /// <summary>The usual metadata.</summary>
    public JsonObject Metadata() => new() { ["issuer"] = Id, ["jwks_uri"] = $"{_application.Urls.First()}{KeySetPath}" };

    /// <summary>A good token's header.</summary>
    public JsonObject Header() => new() { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = Key.Id };

    /// <summary>A good token's claims, as of now.</summary>
    public JsonObject Claims()
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = Id,
            ["sub"] = "auth0|0123456789abcdef01234567",
            ["aud"] = new JsonArray(Audience, $"{Id}userinfo"),
            ["iat"] = now,
            ["exp"] = now + 3600,
            ["org_id"] = Organization,
            ["https://securezoom.example/groups"] = new JsonArray("employees"),
        };
    }

    /// <summary>A token by the good key, with what is changed about its header and claims.</summary>
    public string Token(Action<JsonObject>? header = null, Action<JsonObject>? claims = null)
    {
        var (head, body) = (Header(), Claims());
        header?.Invoke(head);
        claims?.Invoke(body);
        return Sign(head.ToJsonString(), body.ToJsonString());
    }

    /// <summary>Any text as a token's header and claims, signed by the good key or another one.</summary>
    public string Sign(string header, string claims, TestKey? key = null) =>
        Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(claims), (key ?? Key).Sign);

    /// <summary>Any bytes as a token's header and claims, signed in any way.</summary>
    public static string Sign(ReadOnlySpan<byte> header, ReadOnlySpan<byte> claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Key.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, string document)
    {
        await _gate.WaitAsync(context.RequestAborted);
        if (Fault is { } fault)
        {
            await fault(context);
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(document, context.RequestAborted);
    }
}
