using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using SecureZoom.Functions.Secrets;

namespace SecureZoom.Functions.Tests.Secrets;

/// <summary>
/// Plays Key Vault below the real <see cref="SecretClient"/>: the challenge, lists of versions in pages, their values, and its moods.
/// </summary>
internal sealed class KeyVaultStandIn : HttpMessageHandler
{
    // One of its own: the client remembers challenges by address, for the whole process.
    private readonly Uri _address = new($"https://sandbox-{Guid.NewGuid():N}.vault.azure.net/");

    private readonly Lock _lock = new();
    private readonly List<Version> _versions = [];
    private int _lists;
    private volatile Task _gate = Task.CompletedTask;

    /// <summary>How often versions were listed, challenges and further pages not counted.</summary>
    public int Lists => Volatile.Read(ref _lists);

    /// <summary>The challenges that were sent.</summary>
    public int Challenges { get; private set; }

    /// <summary>What is answered instead of secrets; null while all is well.</summary>
    public HttpStatusCode? Mood { get; set; }

    /// <summary>How many more answers <see cref="Mood"/> spoils.</summary>
    public int Spoils { get; set; } = int.MaxValue;

    /// <summary>How many versions a page of the list holds.</summary>
    public int PageSize { get; set; } = 25;

    /// <summary>Adds a version, newer than those before.</summary>
    public Version Add(string secret, string value, DateTimeOffset? created = null)
    {
        lock (_lock)
        {
            var version = new Version(_address, secret, $"{_versions.Count:x32}", value, created?.ToUnixTimeSeconds() ?? 1_700_000_000 + _versions.Count);
            _versions.Add(version);
            return version;
        }
    }

    /// <summary>Holds every answer until the result is completed.</summary>
    public TaskCompletionSource Hold()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate = gate.Task;
        return gate;
    }

    /// <summary>A real client, set up as the app's own.</summary>
    /// <param name="tap">Sees what it asks.</param>
    /// <param name="through">What stands in front of this.</param>
    public SecretClient Client(HttpPipelinePolicy? tap = null, HttpMessageHandler? through = null)
    {
        var options = SecretsSetup.ClientOptions();
        if (tap is not null)
        {
            options.AddPolicy(tap, HttpPipelinePosition.PerCall);
        }

        options.Transport = new HttpClientTransport(through ?? this);
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        return new SecretClient(_address, new AnyToken(), options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        lock (_lock)
        {
            if (request.Headers.Authorization is not { Scheme: "Bearer", Parameter: AnyToken.Value })
            {
                return Challenge();
            }

            var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var isFirstPage = !request.RequestUri.Query.Contains("skip", StringComparison.Ordinal);
            if (path is [_, _, "versions"] && isFirstPage)
            {
                _lists++;
            }

            if (Mood is { } mood && Spoils-- > 0)
            {
                return Json(mood, Error($"{mood}"));
            }

            return path switch
            {
                ["secrets", var name, "versions"] => List(name, request.RequestUri.Query),
                ["secrets", var name, var id] => Get(name, id),
                _ => Json(HttpStatusCode.BadRequest, Error("BadParameter")),
            };
        }
    }

    private HttpResponseMessage Challenge()
    {
        Challenges++;
        var answer = Json(HttpStatusCode.Unauthorized, Error("Unauthorized"));
        answer.Headers.Add(
            "WWW-Authenticate",
            "Bearer authorization=\"https://login.example/00000000-0000-0000-0000-000000000000\", resource=\"https://vault.azure.net\"");
        return answer;
    }

    private HttpResponseMessage List(string name, string query)
    {
        var skip = query.Contains("skip=", StringComparison.Ordinal)
            ? int.Parse(query[(query.IndexOf("skip=", StringComparison.Ordinal) + 5)..], CultureInfo.InvariantCulture)
            : 0;
        var all = _versions.Where(version => version.Secret == name).ToList();
        return all.Count == 0
            ? Json(HttpStatusCode.NotFound, Error("SecretNotFound"))
            : Json(HttpStatusCode.OK, new JsonObject
            {
                ["value"] = new JsonArray([.. all.Skip(skip).Take(PageSize).Select(version => version.ToJson(withValue: false))]),
                ["nextLink"] = skip + PageSize < all.Count ? $"{_address}secrets/{name}/versions?api-version=7.6&skip={skip + PageSize}" : null,
            });
    }

    private HttpResponseMessage Get(string name, string id) =>
        _versions.SingleOrDefault(version => version.Secret == name && version.Id == id) switch
        {
            null => Json(HttpStatusCode.NotFound, Error("SecretNotFound")),
            { Enabled: false } => Json(HttpStatusCode.Forbidden, Error("Forbidden")),
            var version => Json(HttpStatusCode.OK, version.ToJson(withValue: true)),
        };

    private static JsonObject Error(string code) => new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = code } };

    private static HttpResponseMessage Json(HttpStatusCode status, JsonObject body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };

    /// <summary>A version of a secret, and what its owner does with it.</summary>
    internal sealed class Version(Uri vault, string secret, string id, string value, long created)
    {
        public string Secret => secret;

        public string Id => id;

        public bool Enabled { get; set; } = true;

        public DateTimeOffset? NotBefore { get; set; }

        public DateTimeOffset? Expires { get; set; }

        public JsonObject ToJson(bool withValue)
        {
            var json = new JsonObject
            {
                ["id"] = $"{vault}secrets/{secret}/{id}",
                ["attributes"] = new JsonObject
                {
                    ["enabled"] = Enabled,
                    ["created"] = created,
                    ["updated"] = created,
                    ["nbf"] = NotBefore?.ToUnixTimeSeconds(),
                    ["exp"] = Expires?.ToUnixTimeSeconds(),
                },
            };
            if (withValue)
            {
                json["value"] = value;
            }

            return json;
        }
    }

    /// <summary>The identity towards this Key Vault.</summary>
    private sealed class AnyToken : TokenCredential
    {
        public const string Value = "vault-token";

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(Value, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
