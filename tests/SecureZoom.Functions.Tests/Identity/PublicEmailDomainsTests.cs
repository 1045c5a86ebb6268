using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Domains where everybody has addresses are no organisation's, whatever its tokens state.</summary>
public sealed class PublicEmailDomainsTests(OwnCloud own) : IClassFixture<OwnCloud>
{
    private const string Public = "gmail.com";

    /// <summary>A setting's owner is remembered, so this one is for nobody else.</summary>
    private const string Decided = "outlook.com";

    private readonly Account _mallory = Accounts.Alice.In(Story.NewOrganization());

    [Fact]
    public async Task Who_states_one_gets_nothing_from_it_and_takes_nothing_from_anybody()
    {
        await using var app = await App.StartAsync(own.Cloud);
        var host = app.As(Accounts.Alice.In(Story.NewOrganization()));
        var number = (await host.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Json["id"]!.ToString();
        var guest = Accounts.Gwen with { Email = $"gwen@{Public}" };
        var invited = await host.PostAsync($"meetings/{number}/invitations", new JsonObject { ["email"] = guest.Email });
        Assert.False((await HealthAsync(app)).ToJsonString().Contains("email-domains", StringComparison.Ordinal));

        await using var stated = await App.StartAsync(own.Cloud);
        var refused = await CreateAsync(stated, Public);
        Assert.Equal((HttpStatusCode.Forbidden, "email_domain_unknown"), (refused.Status, refused.Code));
        await CreateAsync(stated, Public);
        var joined = await stated.As(guest).PostAsync(
            "signature", new JsonObject { ["meetingNumber"] = number, ["invitation"] = invited.Json["invitation"]!.DeepClone() });
        Assert.Equal(HttpStatusCode.OK, joined.Status);

        Assert.Contains("email-domains", (await HealthAsync(stated)).ToJsonString(), StringComparison.Ordinal);
        Assert.Single(stated.Logs.Entries, entry =>
            entry.StartsWith("Critical", StringComparison.Ordinal) && entry.Contains($"{_mallory.OrganizationId} states {Public}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_setting_decides_about_these_as_about_any()
    {
        await using var app = await App.StartAsync(own.Cloud, new()
        {
            ["Organizations:0:Id"] = _mallory.OrganizationId,
            ["Organizations:0:EmailDomains"] = Decided,
        });
        // As far as Zoom, which has nobody of that address here.
        Assert.Equal("zoom_not_found", (await CreateAsync(app, Decided)).Code);
        Assert.False((await HealthAsync(app)).ContainsKey("attention"));
    }

    private static async Task<JsonObject> HealthAsync(App app)
    {
        using var answer = await app.Http.GetAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken);
        return (await Answer.OfAsync(answer)).Json;
    }

    private Task<Answer> CreateAsync(App app, string domain) => app
        .As(
            _mallory with { Email = $"alice@{domain}" },
            new TokenOverrides(Claims: new JsonObject { ["https://securezoom.example/org_domains"] = new JsonArray(domain) }))
        .PostAsync("meetings", new JsonObject { ["topic"] = "Planning" });
}
