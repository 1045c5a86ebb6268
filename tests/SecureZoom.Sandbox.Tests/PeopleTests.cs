using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Sandbox.Tests;

/// <summary>Locks, suspensions and second factors, and the claims that say when somebody signed in.</summary>
public sealed class PeopleTests(TemporaryFolder keys) : IdentityProviderTest(keys)
{
    [Fact]
    public async Task A_token_says_which_session_it_is_of_and_since_when()
    {
        using var response = await _browser.PasswordAsync(Accounts.Alice.Email);
        var claims = Claims(await Browser.ReadAsync(response));
        Assert.Matches("^[0-9a-f]{32}$", (string?)claims["https://securezoom.example/sid"]);
        Assert.InRange((long)claims["https://securezoom.example/auth_time"]!, (long)claims["iat"]! - 5, (long)claims["iat"]!);
    }

    [Fact]
    public async Task A_refresh_keeps_the_session_and_its_time_and_is_refused_to_the_suspended()
    {
        using var first = await _browser.ExchangeAsync(await _browser.SignInAsync(Accounts.Carol));
        var signedIn = await Browser.ReadAsync(first);
        using var second = await _browser.RefreshAsync((string)signedIn["refresh_token"]!);
        var refreshed = await Browser.ReadAsync(second);
        foreach (var claim in (string[])["https://securezoom.example/sid", "https://securezoom.example/auth_time"])
        {
            Assert.Equal(Claims(signedIn)[claim]!.ToJsonString(), Claims(refreshed)[claim]!.ToJsonString());
        }

        await ChangeAsync(new JsonObject { ["email"] = Accounts.Carol.Email, ["status"] = "suspended" });
        using var refused = await _browser.RefreshAsync((string)refreshed["refresh_token"]!);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_until_somebody_unlocks()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await _browser.PasswordAsync(Accounts.Bob.Email, "wrong");
            Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        }

        using var locked = await _browser.PasswordAsync(Accounts.Bob.Email);
        Assert.Contains("locked", await locked.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await ChangeAsync(new JsonObject { ["email"] = Accounts.Bob.Email, ["status"] = "active" });
        using var unlocked = await _browser.PasswordAsync(Accounts.Bob.Email);
        Assert.Equal(HttpStatusCode.OK, unlocked.StatusCode);
    }

    [Fact]
    public async Task Whoever_is_suspended_gets_no_token()
    {
        var changed = await ChangeAsync(new JsonObject { ["email"] = Accounts.Carol.Email, ["status"] = "suspended" });
        Assert.Equal("suspended", (string?)changed["status"]);
        using var refused = await _browser.PasswordAsync(Accounts.Carol.Email);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_second_factor_is_needed_once_somebody_has_one()
    {
        Assert.True((bool)(await ChangeAsync(new JsonObject { ["email"] = Accounts.Dave.Email, ["mfa"] = true }))["mfa"]!);
        using var refused = await _browser.PasswordAsync(Accounts.Dave.Email);
        Assert.Contains("mfa_required", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""[""", HttpStatusCode.BadRequest)]
    [InlineData("""{"email":"alice@acme.example","status":"odd"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"email":"alice@acme.example","mfa":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"email":"nobody@acme.example"}""", HttpStatusCode.NotFound)]
    public async Task What_is_no_change_is_refused(string body, HttpStatusCode expected)
    {
        using var http = new HttpClient { BaseAddress = _identity.Address };
        using var content = new StringContent(body);
        using var response = await http.PostAsync("sandbox/people", content, Cancellation);
        Assert.Equal(expected, response.StatusCode);
    }

    private async Task<JsonObject> ChangeAsync(JsonObject change)
    {
        using var http = new HttpClient { BaseAddress = _identity.Address };
        using var response = await http.PostAsJsonAsync("sandbox/people", change, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    private static JsonNode Claims(JsonNode answer) =>
        JsonNode.Parse(Base64UrlEncoder.Decode(Tokens.ReadJsonWebToken((string)answer["access_token"]!).EncodedPayload))!;
}
