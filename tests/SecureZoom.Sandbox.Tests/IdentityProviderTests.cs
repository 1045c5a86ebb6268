using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Sandbox.Tests;

/// <summary>Tokens by password, the keys that verify them, and what a stand-in owes its tests.</summary>
public sealed class IdentityProviderTests(TemporaryFolder keys) : IdentityProviderTest(keys)
{
    [Fact]
    public async Task A_password_buys_a_token_with_Auth0s_claims_that_the_published_keys_verify()
    {
        using var response = await _browser.PasswordAsync(Accounts.Alice.Email);
        var token = await ReadTokenAsync(response);

        Assert.True((await ValidateAsync(token)).IsValid);
        var jwt = Tokens.ReadJsonWebToken(token);
        var claims = JsonNode.Parse(Base64UrlEncoder.Decode(jwt.EncodedPayload))!;
        Assert.Equal(("JWT", "RS256"), (jwt.Typ, jwt.Alg));
        Assert.Equal(_identity.Address.ToString(), (string?)claims["iss"]);
        Assert.Matches(@"^okta\|acme-okta\|00u[0-9a-f]{17}$", (string?)claims["sub"]);
        Assert.Equal([IdentityProvider.Audience, $"{_identity.Address}userinfo"], claims["aud"]!.AsArray().Select(aud => (string?)aud));
        Assert.Equal(IdentityProvider.ClientId, (string?)claims["azp"]);
        Assert.Equal("openid profile email", (string?)claims["scope"]);
        Assert.Equal("org_acme", (string?)claims["org_id"]);
        Assert.Equal("Acme Corp", (string?)claims["org_name"]);
        Assert.Equal("""["zoom-hosts"]""", claims["https://securezoom.example/groups"]!.ToJsonString());
        Assert.Equal("Marketing", (string?)claims["https://securezoom.example/department"]);
        Assert.Equal("alice@acme.example", (string?)claims["https://securezoom.example/email"]);
        Assert.True((bool?)claims["https://securezoom.example/email_verified"]);
    }

    [Fact]
    public async Task Json_is_as_good_as_a_form()
    {
        using var http = new HttpClient();
        using var body = new StringContent(
            """{"grant_type":"password","username":"bob@acme.example","password":"sandbox","client_id":"securezoom-spa","audience":"https://api.securezoom.example","expires_in":5,"claims":{"amr":["mfa"],"org_id":null}}""",
            Encoding.UTF8,
            "application/json");
        using var response = await http.PostAsync(new Uri(_identity.Address, "oauth/token"), body, Cancellation);

        var jwt = Tokens.ReadJsonWebToken(await ReadTokenAsync(response));
        Assert.Equal(TimeSpan.FromSeconds(5), jwt.ValidTo - jwt.IssuedAt);
        Assert.Equal("mfa", jwt.GetClaim("amr").Value);
        Assert.DoesNotContain(jwt.Claims, claim => claim.Type == "org_id");
    }

    [Theory]
    [InlineData("alice@acme.example", "wrong", "", "", "invalid_grant")]
    [InlineData("nobody@acme.example", "sandbox", "", "", "invalid_grant")]
    [InlineData("alice@acme.example", "sandbox", "client_id", "other", "unauthorized_client")]
    [InlineData("alice@acme.example", "sandbox", "audience", "https://other.example", "access_denied")]
    [InlineData("alice@acme.example", "sandbox", "organization", "org_globex", "access_denied")]
    [InlineData("alice@acme.example", "sandbox", "claims", "[]", "invalid_request")]
    [InlineData("alice@acme.example", "sandbox", "expires_in", "soon", "invalid_request")]
    [InlineData("alice@acme.example", "sandbox", "key", "stolen", "invalid_request")]
    public async Task What_is_wrong_is_refused_by_name(string username, string password, string name, string value, string error)
    {
        using var response = name.Length == 0
            ? await _browser.PasswordAsync(username, password)
            : await _browser.PasswordAsync(username, password, (name, value));

        Assert.False(response.IsSuccessStatusCode);
        Assert.Equal(error, (string?)(await Browser.ReadAsync(response))["error"]);
    }

    [Fact]
    public async Task The_rotated_key_is_published_from_its_first_use_on_and_the_unknown_one_never()
    {
        var before = await KeyIdsAsync();
        var unknown = _identity.MintToken(Accounts.Bob, new TokenOverrides(Key: TokenKey.Unknown));
        Assert.Equal(before, await KeyIdsAsync());

        using var response = await _browser.PasswordAsync(Accounts.Bob.Email, Account.Password, ("key", "rotated"));
        var rotated = await ReadTokenAsync(response);

        Assert.Equal(2, before.Count);
        Assert.DoesNotContain(Tokens.ReadJsonWebToken(rotated).Kid, before);
        Assert.True((await ValidateAsync(rotated)).IsValid);
        Assert.False((await ValidateAsync(unknown)).IsValid);
        Assert.Equal(22, Tokens.ReadJsonWebToken(unknown).Kid.Length);
    }

    [Fact]
    public async Task A_rotation_makes_the_next_key_sign_and_keeps_the_old_one_until_it_is_revoked()
    {
        var old = _identity.MintToken(Accounts.Bob);
        var before = await KeyIdsAsync();

        _identity.RotateSigningKey();

        var young = _identity.MintToken(Accounts.Bob);
        Assert.Equal(before[1], Tokens.ReadJsonWebToken(young).Kid);
        Assert.True((await ValidateAsync(old)).IsValid);
        _identity.RevokeRetiredKeys();
        Assert.False((await ValidateAsync(old)).IsValid);
        Assert.True((await ValidateAsync(young)).IsValid);
    }

    [Fact]
    public async Task A_token_can_be_made_that_has_expired()
    {
        var result = await ValidateAsync(_identity.MintToken(Accounts.Bob, new TokenOverrides(ExpiresIn: -600)));

        Assert.IsType<SecurityTokenExpiredException>(result.Exception);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Userinfo_takes_tokens_with_and_without_an_audience(bool hasAudience)
    {
        var request = _browser.Request();
        if (!hasAudience)
        {
            request.Remove("audience");
        }

        using var exchanged = await _browser.ExchangeAsync(await _browser.SignInAsync(Accounts.Dave, request));
        var token = await ReadTokenAsync(exchanged);
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        using var userInfo = await http.GetAsync(new Uri(_identity.Address, "userinfo"), Cancellation);

        Assert.Equal(hasAudience, token.Count(character => character == '.') == 2);
        Assert.Equal(Accounts.Dave.Email, (string?)(await Browser.ReadAsync(userInfo))["email"]);
        http.DefaultRequestHeaders.Authorization = new("Bearer", token + "x");
        using var refused = await http.GetAsync(new Uri(_identity.Address, "userinfo"), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task A_restart_keeps_keys_and_refresh_tokens()
    {
        using var folder = new TemporaryFolder();
        var options = new IdentityProviderOptions { Port = FreePort.Find(), KeyFile = folder.File("identity.json") };
        string accessToken;
        string refreshToken;
        await using (var first = await IdentityProvider.StartAsync(options, Cancellation))
        {
            using var browser = new Browser(first);
            using var response = await browser.ExchangeAsync(await browser.SignInAsync(Accounts.Alice));
            var tokens = await Browser.ReadAsync(response);
            (accessToken, refreshToken) = ((string)tokens["access_token"]!, (string)tokens["refresh_token"]!);
        }

        await using var second = await IdentityProvider.StartAsync(options, Cancellation);
        using var sameBrowser = new Browser(second);
        using var refreshed = await sameBrowser.RefreshAsync(refreshToken);

        Assert.True((await ValidateAsync(accessToken, second)).IsValid);
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
        TemporaryFolder.AssertForOwnerOnly(options.KeyFile);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"encryptionKey":"AA==","current":{"id":"a","pem":"b"},"next":{"id":"c","pem":"d"}}""")]
    public async Task A_damaged_key_file_is_said_and_kept(string content)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("identity.json");
        await File.WriteAllTextAsync(file, content, Cancellation);

        var fault = await Assert.ThrowsAsync<SandboxException>(
            () => IdentityProvider.StartAsync(new IdentityProviderOptions { KeyFile = file }, Cancellation));

        Assert.Contains(file, fault.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Faults_strike_as_often_as_they_were_told_and_requests_are_counted()
    {
        const string Path = "/.well-known/jwks.json";
        _identity.Faults.Add(new Fault(Path, 503, Times: 2));

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await _browser.GetAsync(Path);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], statuses);
        Assert.Equal(3, _identity.Requests.Count(Path));
    }

    [Fact]
    public async Task A_hanging_request_goes_on_when_the_faults_are_cleared()
    {
        _identity.Faults.Add(new Fault("/.well-known", 0, DelayMs: -1));
        Task<HttpResponseMessage>[] both =
        [
            _browser.GetAsync("/.well-known/openid-configuration"),
            _browser.GetAsync("/.well-known/openid-configuration"),
        ];
        var lucky = await Task.WhenAny(both);
        var hanging = both.Single(request => request != lucky);
        Assert.False(hanging.IsCompleted);

        _identity.Faults.Clear();

        Assert.Equal(HttpStatusCode.OK, (await lucky).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hanging).StatusCode);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("rebound.example", HttpStatusCode.BadRequest)]
    public async Task Only_its_own_name_is_answered_to(string host, HttpStatusCode status)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_identity.Address, ".well-known/openid-configuration"));
        request.Headers.Host = $"{host}:{_identity.Address.Port}";

        using var response = await http.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_taken_port_is_said_with_the_variable_that_changes_it()
    {
        var fault = await Assert.ThrowsAsync<SandboxException>(() => IdentityProvider.StartAsync(
            new IdentityProviderOptions { Port = _identity.Address.Port }, Cancellation));

        Assert.Contains($"{_identity.Address.Port}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("SECUREZOOM_IDENTITY_PORT", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<string> ReadTokenAsync(HttpResponseMessage response) =>
        (string)(await Browser.ReadAsync(response))["access_token"]!;

    private async Task<IReadOnlyList<string>> KeyIdsAsync()
    {
        using var response = await _browser.GetAsync(".well-known/jwks.json");
        return [.. (await Browser.ReadAsync(response))["keys"]!.AsArray().Select(key => (string)key!["kid"]!)];
    }
}
