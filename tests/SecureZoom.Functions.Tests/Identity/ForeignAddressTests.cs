using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Somebody else's address in one's own organisation's token, called verified: it is nobody's there.</summary>
public sealed class ForeignAddressTests(QuietCloud quiet) : IAsyncLifetime
{
    // What the administrator of Globex's directory can write.
    private static readonly TokenOverrides AsAlice = new(Claims: new JsonObject
    {
        ["https://securezoom.example/email"] = Accounts.Alice.Email,
        ["https://securezoom.example/email_verified"] = true,
    });

    private OwnZoom _zoom = null!;
    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings);
        // Acme's people have been here.
        Assert.Equal(HttpStatusCode.OK, (await _app.As(Accounts.Alice).GetAsync("me")).Status);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task It_creates_no_meeting_in_that_person_s_name()
    {
        var created = await _app.As(Accounts.Dave, AsAlice).PostAsync("meetings", new JsonObject { ["topic"] = "Trap" });
        Assert.Equal((HttpStatusCode.Forbidden, "email_domain_unknown"), (created.Status, created.Code));
        Assert.DoesNotContain(_zoom.Zoom.Requests.All, request => request.Path.Contains(Accounts.Alice.Email, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_gets_no_ZAK_of_that_person_even_where_Zoom_calls_them_an_alternative_host()
    {
        var number = (long)(await _app.As(Accounts.Dave).PostAsync("meetings", new JsonObject { ["topic"] = "Trap" })).Json["id"]!;
        await _zoom.CallAsync(HttpMethod.Patch, $"meetings/{number}", new JsonObject
        {
            ["settings"] = new JsonObject { ["alternative_hosts"] = Accounts.Alice.Email },
        });
        await _app.As(Accounts.Dave).PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "Trap, set" });

        var signed = await _app.As(Accounts.Dave, AsAlice).PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 });
        Assert.Equal(0, (int)signed.Json["role"]!);
        Assert.Equal("email_domain_unknown", (string?)signed.Json["reason"]);
        Assert.False(signed.Json.ContainsKey("zak"));
        Assert.DoesNotContain(_zoom.Zoom.Requests.All, request => request.Path.StartsWith("/v2/users/", StringComparison.Ordinal) && request.Path.EndsWith("/token", StringComparison.Ordinal));
        Assert.Equal("not_host", (await _app.As(Accounts.Dave, AsAlice).DeleteAsync($"meetings/{number}")).Code);
    }

    [Fact]
    public async Task It_opens_no_invitation_that_is_made_out_to_that_person()
    {
        var number = (long)(await _app.As(Accounts.Dave).PostAsync("meetings", new JsonObject { ["topic"] = "For Alice" })).Json["id"]!;
        var invited = await _app.As(Accounts.Dave).PostAsync($"meetings/{number}/invitations", new JsonObject { ["email"] = Accounts.Alice.Email });
        var body = new JsonObject { ["meetingNumber"] = number, ["invitation"] = (string)invited.Json["invitation"]! };
        Assert.Equal(HttpStatusCode.OK, (await _app.As(Accounts.Alice).PostAsync("signature", body.DeepClone())).Status);
        Assert.Equal("invalid_invitation", (await _app.As(Accounts.Erin, AsAlice).PostAsync("signature", body.DeepClone())).Code);
    }
}
