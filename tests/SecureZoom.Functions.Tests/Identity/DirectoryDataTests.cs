using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>What a directory sends that is none of the person's fault locks nobody out, and gives nobody anything.</summary>
public sealed class DirectoryDataTests(Cloud cloud) : IAsyncLifetime
{
    private const string Namespace = "https://securezoom.example/";

    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("name", """["Alice"]""")]
    [InlineData("name", "{}")]
    [InlineData("department", """["Marketing","Sales"]""")]
    [InlineData("department", "7")]
    [InlineData("org_name", "{}")]
    [InlineData("org_name", "false")]
    [InlineData("email", "1")]
    [InlineData("email", """["alice@acme.example"]""")]
    public async Task A_descriptive_claim_that_is_malformed_is_ignored(string claim, string value)
    {
        var me = await MeAsync(claim, value);
        Assert.Equal(HttpStatusCode.OK, me.Status);
        var shown = claim == "org_name" ? me.Json["organization"]!.AsObject() : me.Json;
        Assert.False(shown.ContainsKey(claim == "org_name" ? "name" : claim), me.Text);
    }

    [Theory]
    [InlineData("name", 300, 256)]
    [InlineData("department", 257, 256)]
    [InlineData("name", 256, 256)]
    public async Task One_that_is_long_is_cut(string claim, int length, int shown) =>
        Assert.Equal(shown, ((string)(await MeAsync(claim, $"\"{new string('x', length)}\"")).Json[claim]!).Length);

    [Fact]
    public async Task One_is_not_cut_in_the_middle_of_a_character() => Assert.Equal(
        new string('x', 255), (string?)(await MeAsync("name", $"\"{new string('x', 255)}😀\"")).Json["name"]);

    [Theory]
    [InlineData("""["zoom-hosts", 1, null, {"zoom-admins": true}, ["zoom-admins"]]""", "meetings:host meetings:join")]
    [InlineData("""{"zoom-admins": true}""", "")]
    [InlineData("""[["zoom-admins"]]""", "")]
    [InlineData("7", "")]
    [InlineData("true", "")]
    public async Task Groups_that_are_none_give_nothing(string groups, string permissions)
    {
        var me = await MeAsync("groups", groups);
        Assert.Equal((HttpStatusCode.OK, permissions), (me.Status, string.Join(' ', me.Json["permissions"]?.AsArray() ?? [])));
    }

    [Theory]
    [InlineData("""["audit:read", true, {"audit:read:any": 1}]""", "audit:read")]
    [InlineData("true", "")]
    [InlineData("""{"meetings:host": true}""", "")]
    public async Task Permissions_that_are_none_give_nothing(string permissions, string given)
    {
        var me = await _app.As(Accounts.Erin, new TokenOverrides(Claims: new JsonObject { ["permissions"] = JsonNode.Parse(permissions) })).GetAsync("me");
        Assert.Equal((HttpStatusCode.OK, given), (me.Status, string.Join(' ', me.Json["permissions"]?.AsArray() ?? [])));
    }

    [Fact]
    public async Task Too_many_groups_are_a_403_that_says_what_to_do()
    {
        Assert.Equal(HttpStatusCode.OK, (await MeAsync("groups", Groups(200))).Status);
        var refused = await MeAsync("groups", Groups(201));
        Assert.Equal((HttpStatusCode.Forbidden, "too_many_groups"), (refused.Status, refused.Code));
        Assert.Contains("have only those sent that SecureZoom knows", (string)refused.Json["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EmailAddressTests.None), MemberType = typeof(EmailAddressTests))]
    public async Task An_e_mail_claim_that_is_no_address_hosts_nothing(string email)
    {
        var person = _app.As(Accounts.Alice, new TokenOverrides(Claims: new JsonObject { [$"{Namespace}email"] = email }));
        Assert.False((bool)(await person.GetAsync("me")).Json["emailVerified"]!);
        Assert.Equal("email_not_verified", (await person.PostAsync("meetings", new JsonObject { ["topic"] = "No" })).Code);
    }

    private static string Groups(int count) => new JsonArray([.. Enumerable.Range(0, count).Select(number => JsonValue.Create($"g{number}"))]).ToJsonString();

    private Task<Answer> MeAsync(string claim, string value)
    {
        var name = claim == "org_name" ? claim : $"{Namespace}{claim}";
        return _app.As(Accounts.Alice, new TokenOverrides(Claims: new JsonObject { [name] = JsonNode.Parse(value) })).GetAsync("me");
    }
}
