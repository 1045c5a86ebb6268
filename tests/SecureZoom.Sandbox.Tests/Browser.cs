using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Sandbox.Tests;

/// <summary>The site's part of a sign-in, without a screen: cookies, PKCE, redirects that are not followed.</summary>
internal sealed class Browser(IdentityProvider identity) : IDisposable
{
    public const string Callback = "http://localhost:4280/callback";

    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = identity.Address };
    private readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The parameters of a good authorization request.</summary>
    public Dictionary<string, string> Request() => new()
    {
        ["client_id"] = IdentityProvider.ClientId,
        ["response_type"] = "code",
        ["redirect_uri"] = Callback,
        ["scope"] = "openid profile email offline_access",
        ["audience"] = IdentityProvider.Audience,
        ["state"] = "some state",
        ["nonce"] = "some nonce",
        ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier))),
        ["code_challenge_method"] = "S256",
    };

    public async Task<HttpResponseMessage> AuthorizeAsync(Dictionary<string, string> request)
    {
        using var form = new FormUrlEncodedContent(request);
        return await _http.GetAsync($"authorize?{await form.ReadAsStringAsync(Cancellation)}", Cancellation);
    }

    /// <summary>Signs in and answers the authorization code.</summary>
    public async Task<string> SignInAsync(Account account, Dictionary<string, string>? request = null)
    {
        using var unknown = await AuthorizeAsync(request ?? Request());
        Assert.Equal(HttpStatusCode.Redirect, unknown.StatusCode);
        using var signedIn = await PostAsync(
            unknown.Headers.Location!.ToString(),
            new() { ["username"] = account.Email, ["password"] = Account.Password });
        using var authorized = await _http.GetAsync(signedIn.Headers.Location, Cancellation);
        Assert.StartsWith(Callback, authorized.Headers.Location!.ToString(), StringComparison.Ordinal);
        return Query(authorized)["code"] ?? throw new InvalidOperationException(authorized.Headers.Location.Query);
    }

    public Task<HttpResponseMessage> ExchangeAsync(string code, string? verifier = null) => PostAsync("oauth/token", new()
    {
        ["grant_type"] = "authorization_code",
        ["client_id"] = IdentityProvider.ClientId,
        ["redirect_uri"] = Callback,
        ["code"] = code,
        ["code_verifier"] = verifier ?? _verifier,
    });

    public Task<HttpResponseMessage> RefreshAsync(string refreshToken) => PostAsync("oauth/token", new()
    {
        ["grant_type"] = "refresh_token",
        ["client_id"] = IdentityProvider.ClientId,
        ["refresh_token"] = refreshToken,
    });

    public Task<HttpResponseMessage> PasswordAsync(
        string username,
        string password = Account.Password,
        params (string Name, string Value)[] more)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = username,
            ["password"] = password,
            ["client_id"] = IdentityProvider.ClientId,
            ["audience"] = IdentityProvider.Audience,
        };
        foreach (var (name, value) in more)
        {
            form[name] = value;
        }

        return PostAsync("oauth/token", form);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, Cancellation);

    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await _http.PostAsync(path, content, Cancellation);
    }

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!.AsObject();

    public static System.Collections.Specialized.NameValueCollection Query(HttpResponseMessage response) =>
        HttpUtility.ParseQueryString(response.Headers.Location!.Query);

    public void Dispose() => _http.Dispose();
}
