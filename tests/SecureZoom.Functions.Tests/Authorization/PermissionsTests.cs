using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Authorization;

/// <summary>What groups, the permissions claim, a second factor and a verified address give, through the whole app.</summary>
public sealed class PermissionsTests(Cloud cloud) : IAsyncLifetime
{
    private const string Groups = "https://securezoom.example/groups";

    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("zoom-admins", "access:revoke audit:read meetings:host meetings:join meetings:manage")]
    [InlineData("zoom-hosts", "meetings:host meetings:join")]
    [InlineData("employees", "meetings:join")]
    [InlineData("contractors", "")]
    [InlineData("auditors", "audit:read")]
    [InlineData("platform-operators", "")]
    [InlineData("Zoom-Admins", "")]
    [InlineData("zoom-admins ", "")]
    [InlineData("no-such-group", "")]
    public async Task A_group_gives_what_the_contract_says(string group, string permissions) =>
        Assert.Equal(permissions, await PermissionsAsync(new JsonObject { [Groups] = new JsonArray(group) }));

    [Fact]
    public async Task Groups_add_up() => Assert.Equal(
        "audit:read meetings:join", await PermissionsAsync(new JsonObject { [Groups] = new JsonArray("employees", "auditors", "contractors") }));

    [Fact]
    public async Task Operators_read_every_trail_from_their_own_organisation_only()
    {
        Assert.Equal("audit:read:any", await PermissionsAsync(new JsonObject { [Groups] = new JsonArray("platform-operators") }, Accounts.Olive));
        var customer = _app.As(Accounts.Carol, Claims(new JsonObject
        {
            [Groups] = new JsonArray("platform-operators"),
            ["permissions"] = new JsonArray("audit:read:any"),
        }));
        Assert.Equal("insufficient_scope", (await customer.GetAsync("audit")).Code);
        Assert.Equal("insufficient_scope", (await customer.GetAsync("audit?organization=org_globex")).Code);
    }

    [Fact]
    public async Task Without_a_setting_no_organisation_is_the_operators()
    {
        await using var app = await App.StartAsync(cloud, new() { ["Authorization:OperatorOrganization"] = null });
        Assert.Equal("", Permissions(await app.As(Accounts.Olive).GetAsync("me")));
        Assert.Equal("", Permissions(await app.As(Accounts.Olive, Claims(new JsonObject { ["org_id"] = null })).GetAsync("me")));
    }

    [Theory]
    [InlineData("""["meetings:host", "audit:read"]""", "audit:read meetings:host")]
    [InlineData("\"audit:read\"", "audit:read")]
    [InlineData("""["audit:read:any"]""", "")]
    [InlineData("""["meetings:everything", "MEETINGS:HOST", "meetings:host ", "", "*"]""", "")]
    [InlineData("\"meetings:join meetings:host\"", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    public async Task The_permissions_claim_gives_what_we_know_and_nothing_else(string claim, string permissions)
    {
        var claims = new JsonObject { [Groups] = new JsonArray(), ["permissions"] = JsonNode.Parse(claim) };
        Assert.Equal(permissions, await PermissionsAsync(claims));
    }

    [Fact]
    public async Task The_scope_claim_gives_nothing() => Assert.Equal(
        "", await PermissionsAsync(new JsonObject { [Groups] = new JsonArray(), ["scope"] = "meetings:host audit:read" }));

    [Fact]
    public async Task Settings_replace_a_group_and_add_others()
    {
        await using var app = await App.StartAsync(cloud, new()
        {
            ["Authorization:Groups:0:Name"] = "zoom-hosts",
            ["Authorization:Groups:0:Permissions"] = "meetings:join",
            ["Authorization:Groups:1:Name"] = "staff",
            ["Authorization:Groups:1:Permissions:0"] = "meetings:host",
            ["Authorization:Groups:1:Permissions:1"] = "audit:read:any",
        });
        Assert.Equal("meetings:join", Permissions(await app.As(Accounts.Alice).GetAsync("me")));
        Assert.Equal("audit:read", Permissions(await app.As(Accounts.Audrey).GetAsync("me")));
        var staff = Claims(new JsonObject { [Groups] = new JsonArray("staff") });
        Assert.Equal("meetings:host", Permissions(await app.As(Accounts.Bob, staff).GetAsync("me")));
        Assert.Equal("audit:read:any meetings:host", Permissions(await app.As(Accounts.Olive, staff).GetAsync("me")));
    }

    [Fact]
    public async Task Every_permission_is_told_with_the_groups_that_give_it()
    {
        await using var app = await App.StartAsync(cloud, new()
        {
            ["Authorization:Groups:0:Name"] = "staff",
            ["Authorization:Groups:0:Permissions"] = "meetings:join audit:read:any",
        });
        var bob = app.As(Accounts.Bob, Claims(new JsonObject
        {
            [Groups] = new JsonArray("staff", "zoom-hosts", "unknown"),
            ["permissions"] = new JsonArray("audit:read", "meetings:host"),
        }));
        Assert.Equal(
            """{"audit:read":[],"meetings:host":["zoom-hosts"],"meetings:join":["staff","zoom-hosts"]}""", GivenBy(await bob.GetAsync("me")));
        Assert.Equal("{}", GivenBy(await app.As(Accounts.Erin).GetAsync("me")));
    }

    [Theory]
    [InlineData("amr")]
    [InlineData("https://securezoom.example/amr")]
    public async Task Hosting_asks_for_a_second_factor_where_settings_do(string claim)
    {
        await using var app = await App.StartAsync(cloud, new() { ["Authorization:HostRequiresMfa"] = "true" });
        var body = new JsonObject { ["topic"] = "Planning" };
        var strong = app.As(Accounts.Alice, Claims(new JsonObject { [claim] = new JsonArray("pwd", "mfa") }));
        var created = await strong.PostAsync("meetings", body);
        Assert.Equal(HttpStatusCode.Created, created.Status);

        var weak = app.As(Accounts.Alice, Claims(new JsonObject { [claim] = new JsonArray("pwd", "MFA") }));
        var refused = await weak.PostAsync("meetings", body);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("mfa_required", refused.Code);
        Assert.Equal("Bearer error=\"insufficient_user_authentication\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.Equal("mfa_required", (await app.As(Accounts.Carol).PostAsync("meetings", body)).Code);
        Assert.Equal("insufficient_scope", (await app.As(Accounts.Bob).PostAsync("meetings", body)).Code);
        Assert.Equal(
            (true, "meetings:join"), ((bool)(await weak.GetAsync("me")).Json["hostingNeedsMfa"]!, Permissions(await weak.GetAsync("me"))));
        Assert.False((bool)(await strong.GetAsync("me")).Json["hostingNeedsMfa"]!);
        Assert.False((bool)(await app.As(Accounts.Bob).GetAsync("me")).Json["hostingNeedsMfa"]!);

        var number = created.Json["id"]!.GetValue<long>();
        Assert.Equal(0, await RoleAsync(weak, number));
        Assert.Equal(1, await RoleAsync(strong, number));
        Assert.Equal(HttpStatusCode.OK, (await app.As(Accounts.Carol).PatchAsync($"meetings/{number}", body)).Status);
        Assert.Equal("mfa_required", (await weak.DeleteAsync($"meetings/{number}")).Code);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("\"true\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[true]")]
    public async Task An_address_that_the_token_does_not_call_verified_hosts_nothing(string verified)
    {
        var number = (await _app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"]!.GetValue<long>();
        var claims = new JsonObject { ["https://securezoom.example/email_verified"] = JsonNode.Parse(verified) };
        var unverified = _app.As(Accounts.Alice, Claims(claims));
        Assert.Equal("email_not_verified", (await unverified.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Code);
        Assert.Equal("not_host", (await unverified.DeleteAsync($"meetings/{number}")).Code);
        Assert.Equal(0, await RoleAsync(unverified, number));
        Assert.False((bool)(await unverified.GetAsync("me")).Json["emailVerified"]!);
    }

    private static TokenOverrides Claims(JsonObject claims) => new(Claims: claims);

    private static string Permissions(Answer me) => string.Join(' ', me.Json["permissions"]!.AsArray());

    private static string GivenBy(Answer me) => new JsonObject(me.Json["givenBy"]!.AsObject()
        .OrderBy(given => given.Key, StringComparer.Ordinal)
        .Select(given => KeyValuePair.Create(given.Key, given.Value?.DeepClone()))).ToJsonString();

    private static async Task<int> RoleAsync(Person person, long number) =>
        (int)(await person.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 })).Json["role"]!;

    private async Task<string> PermissionsAsync(JsonObject claims, Account? account = null) =>
        Permissions(await _app.As(account ?? Accounts.Bob, Claims(claims)).GetAsync("me"));
}
