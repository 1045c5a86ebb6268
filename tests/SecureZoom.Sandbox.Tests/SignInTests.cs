using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Sandbox.Tests;

/// <summary>Signing in, renewing and signing out, as a browser does.</summary>
public sealed class SignInTests(TemporaryFolder keys) : IdentityProviderTest(keys)
{
    [Fact]
    public async Task A_browser_signs_in_and_gets_tokens_for_its_code_once()
    {
        var code = await _browser.SignInAsync(Accounts.Carol);

        using var response = await _browser.ExchangeAsync(code);
        var tokens = await Browser.ReadAsync(response);
        var idToken = Tokens.ReadJsonWebToken((string?)tokens["id_token"]);
        Assert.True((await ValidateAsync((string)tokens["access_token"]!)).IsValid);
        Assert.Equal("some nonce", idToken.GetClaim("nonce").Value);
        Assert.Equal("org_acme", idToken.GetClaim("org_id").Value);
        Assert.Equal([IdentityProvider.ClientId], idToken.Audiences);

        using var again = await _browser.ExchangeAsync(code);
        Assert.Equal("invalid_grant", (string?)(await Browser.ReadAsync(again))["error"]);
    }

    [Fact]
    public async Task A_code_without_the_right_verifier_buys_nothing()
    {
        using var response = await _browser.ExchangeAsync(await _browser.SignInAsync(Accounts.Carol), new string('a', 43));

        Assert.Equal("invalid_grant", (string?)(await Browser.ReadAsync(response))["error"]);
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    [InlineData("redirect_uri", "http://localhost:4281/callback")]
    [InlineData("redirect_uri", "http://localhost:4280.evil.example/")]
    [InlineData("redirect_uri", "http://user@localhost:4280/")]
    [InlineData("client_id", "other")]
    public async Task A_careless_authorization_request_is_refused_without_a_redirect(string name, string? value)
    {
        var request = _browser.Request();
        request.Remove(name);
        if (value is not null)
        {
            request[name] = value;
        }

        using var response = await _browser.AuthorizeAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Refresh_tokens_rotate_and_the_use_of_an_old_one_ends_the_family()
    {
        using var first = await _browser.ExchangeAsync(await _browser.SignInAsync(Accounts.Carol));
        var oldest = (string)(await Browser.ReadAsync(first))["refresh_token"]!;
        using var second = await _browser.RefreshAsync(oldest);
        var newest = (string)(await Browser.ReadAsync(second))["refresh_token"]!;

        using var reuse = await _browser.RefreshAsync(oldest);
        using var victim = await _browser.RefreshAsync(newest);

        Assert.Equal(HttpStatusCode.Forbidden, reuse.StatusCode);
        foreach (var refused in (HttpResponseMessage[])[reuse, victim])
        {
            var error = await Browser.ReadAsync(refused);
            Assert.Equal("invalid_grant", (string?)error["error"]);
            Assert.Contains("invalid refresh token", (string?)error["error_description"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_code_that_is_used_twice_ends_what_the_first_use_gave()
    {
        var code = await _browser.SignInAsync(Accounts.Carol);
        using var first = await _browser.ExchangeAsync(code);
        var token = (string)(await Browser.ReadAsync(first))["refresh_token"]!;

        using var reuse = await _browser.ExchangeAsync(code);
        using var victim = await _browser.RefreshAsync(token);

        Assert.Equal("Invalid authorization code", (string?)(await Browser.ReadAsync(reuse))["error_description"]);
        Assert.Equal("invalid_grant", (string?)(await Browser.ReadAsync(victim))["error"]);
    }

    [Fact]
    public async Task A_revoked_refresh_token_buys_nothing()
    {
        using var first = await _browser.ExchangeAsync(await _browser.SignInAsync(Accounts.Carol));
        var token = (string)(await Browser.ReadAsync(first))["refresh_token"]!;

        using var revoked = await _browser.PostAsync(
            "oauth/revoke", new() { ["client_id"] = IdentityProvider.ClientId, ["token"] = token });
        using var refused = await _browser.RefreshAsync(token);

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal("invalid_grant", (string?)(await Browser.ReadAsync(refused))["error"]);
    }

    [Fact]
    public async Task A_hidden_frame_renews_silently_while_the_session_lasts()
    {
        var request = _browser.Request();
        (request["prompt"], request["response_mode"]) = ("none", "web_message");

        using var unknown = await _browser.AuthorizeAsync(request);
        await _browser.SignInAsync(Accounts.Carol);
        using var known = await _browser.AuthorizeAsync(request);
        using var signedOut = await _browser.GetAsync(
            $"v2/logout?client_id={IdentityProvider.ClientId}&returnTo=http://localhost:4280");
        using var gone = await _browser.AuthorizeAsync(request);

        Assert.Contains("login_required", await unknown.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        var page = await known.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("\"code\":", page, StringComparison.Ordinal);
        Assert.Contains("\"http://localhost:4280\"", page, StringComparison.Ordinal);
        Assert.Equal("http://localhost:4280", signedOut.Headers.Location?.OriginalString);
        Assert.Contains("login_required", await gone.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_leads_nowhere_but_to_the_site()
    {
        using var response = await _browser.GetAsync("v2/logout?returnTo=http://evil.example/");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_sign_in_page_runs_no_script_and_says_when_the_password_is_wrong()
    {
        using var page = await _browser.PostAsync(
            "u/login?login_hint=%22%3E%3Cscript%3E", new() { ["username"] = Accounts.Bob.Email, ["password"] = "wrong" });

        var html = await page.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("Wrong email or password.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.All(Accounts.All, account => Assert.Contains(account.Email, html, StringComparison.Ordinal));
    }
}
