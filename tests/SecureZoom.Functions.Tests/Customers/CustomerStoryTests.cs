using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Operator;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Customers;

/// <summary>A customer comes, with a Zoom account and an issuer of its own, and goes, by an operator's command: nothing is deployed or started anew.</summary>
[Collection(OwnCloud.Name)]
public sealed class CustomerStoryTests(ServedCustomer served) : IClassFixture<ServedCustomer>
{
    private readonly List<string> _told = [];
    private readonly Cloud _cloud = served.Cloud;
    private readonly TestIssuer _issuer = served.Issuer;
    private readonly App _app = served.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject Meeting => new() { ["topic"] = "Planning" };

    [Fact]
    public async Task It_comes_is_served_from_its_own_and_goes()
    {
        var alice = new Person(_app.Http, Token());
        Assert.Equal("invalid_token", (await alice.GetAsync("me")).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, await DeliverAsync(ServedCustomer.WebhookSecret));

        Assert.Equal(0, await RunAsync(
            "add", _issuer.Organization, "--reason", "The contract of 24 November.", "--issuer", _issuer.Id, "--audience", _issuer.Audience, "--domains", "Story.Test",
            "--zoom-account", TwoZooms.OtherAccountId, "--zoom-client", "s2s-client-id", "--zoom-sdk-client", "customer-sdk-client"));
        Assert.Contains($"  the vault needs {ServedCustomer.Prefix}zoom-webhook-secret", _told);

        var created = await Wait.ForAsync("the row", async () => await alice.PostAsync("meetings", Meeting) is { Status: HttpStatusCode.Created } answer ? answer : null);
        var signature = (await alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = (long)created.Json["id"]!, ["role"] = 1 })).Json;
        Assert.Equal(("customer-sdk-client", 1), ((string?)signature["sdkKey"], (int)signature["role"]!));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(ServedCustomer.WebhookSecret));
        // Neither does another's secret sign for its account, nor the issuer for another, nor the one for all for it.
        Assert.Equal(HttpStatusCode.Unauthorized, await DeliverAsync(_cloud.Secrets["zoom-webhook-secret"]));
        Assert.Equal(HttpStatusCode.Unauthorized, await DeliverAsync(_cloud.Secrets["storage-seal-key"]));
        string[] others =
        [
            .. ((string[])["org_acme", "org_platform", "*"]).Select(other => Token(claims => claims["org_id"] = other)),
            _cloud.Identity.MintToken(Accounts.Alice.In(_issuer.Organization)),
        ];
        foreach (var other in others)
        {
            Assert.Equal("invalid_token", (await new Person(_app.Http, other).GetAsync("me")).Code);
        }

        // Nor does it vouch for an address that is in nobody's domain: that would open what is made out to its holder.
        var host = _app.As(Accounts.Dave.In("org_customer_host"));
        var number = (long)(await host.PostAsync("meetings", Meeting)).Json["id"]!;
        var invitation = (string?)(await host.PostAsync($"meetings/{number}/invitations", new JsonObject { ["email"] = Accounts.Gwen.Email })).Json["invitation"];
        var join = new JsonObject { ["meetingNumber"] = number, ["invitation"] = invitation };
        Assert.Equal(HttpStatusCode.OK, (await _app.As(Accounts.Gwen).PostAsync("signature", join)).Status);
        var pretender = new Person(_app.Http, Token(claims => claims["https://securezoom.example/email"] = Accounts.Gwen.Email));
        Assert.Equal(HttpStatusCode.Forbidden, (await pretender.PostAsync("signature", join.DeepClone())).Status);

        var invited = (await alice.PostAsync($"meetings/{created.Json["id"]}/invitations", new JsonObject { ["email"] = Accounts.Gwen.Email })).Json;
        var theirs = new JsonObject { ["meetingNumber"] = (long)created.Json["id"]!, ["invitation"] = (string?)invited["invitation"] };
        Assert.Equal("customer-sdk-client", (string?)(await _app.As(Accounts.Gwen).PostAsync("signature", theirs.DeepClone())).Json["sdkKey"]);

        Assert.Equal(0, await RunAsync("show", _issuer.Organization));
        Assert.Contains($"  issuer {_issuer.Id} for {_issuer.Audience}", _told);
        Assert.Contains("  e-mail domains story.test", _told);

        Assert.Equal(0, await RunAsync("seal"));
        Assert.Equal(0, await RunAsync("remove", _issuer.Organization, "--reason", "It was a trial."));
        await Wait.ForAsync("its end", async () => (await alice.GetAsync("me")).Code == "invalid_token" ? "" : null);
        Assert.Equal(HttpStatusCode.Unauthorized, await DeliverAsync(ServedCustomer.WebhookSecret));
        Assert.Equal(1, await RunAsync("remove", _issuer.Organization, "--reason", "Again."));
        var trail = (await _app.As(Accounts.Olive).GetAsync($"audit?organization={_issuer.Organization}&limit=500")).Json["records"]!.AsArray();
        var operators = (await _app.As(Accounts.Olive).GetAsync("audit?limit=500")).Json["records"]!.AsArray();
        Assert.All((JsonArray[])[trail, operators], records => Assert.Equal(
            ["customer.removed success", "customer.remove intent", "customer.added success", "customer.add intent"],
            records.Where(record => (string?)record!["target"]?["type"] == "customer" && (string?)record["target"]!["id"] == _issuer.Organization)
                .Select(record => $"{record!["action"]} {record["outcome"]}")));
        // What was in the customer's account alone, nobody signs for any more; and its domain is whose states it next.
        Assert.Equal("invalid_invitation", (await _app.As(Accounts.Gwen).PostAsync("signature", theirs.DeepClone())).Code);
        var domains = _app.Services.GetRequiredService<DomainOwners>();
        Assert.Null(await domains.FindAsync("story.test", Cancellation));
        Assert.Equal(["story.test"], await domains.ClaimAsync(["story.test"], "org_story_next", Cancellation));
    }

    [Fact]
    public async Task A_domain_that_was_the_customers_before_its_row_is_the_customers_when_that_is_gone()
    {
        const string Organization = "org_story_before";
        var domains = _app.Services.GetRequiredService<DomainOwners>();
        Assert.Equal(["before.test"], await domains.ClaimAsync(["before.test"], Organization, Cancellation));
        await RunAsync("add", Organization, "--reason", "The contract.", "--domains", "before.test row.test");
        await Wait.ForAsync("the row", async () => await domains.FindAsync("row.test", Cancellation) == Organization ? "" : null);
        Assert.Equal(["before.test", "row.test"], (await domains.ClaimAsync(["before.test", "row.test"], Organization, Cancellation)).Order());
        await RunAsync("remove", Organization, "--reason", "It was a trial.");
        await Wait.ForAsync("its end", async () => await domains.FindAsync("row.test", Cancellation) is null ? "" : null);

        Assert.Equal(Organization, await domains.FindAsync("before.test", Cancellation));
        Assert.Empty(await domains.ClaimAsync(["before.test"], "org_story_other", Cancellation));
        Assert.Equal(["row.test"], await domains.ClaimAsync(["row.test"], "org_story_other", Cancellation));
    }

    [Theory]
    [InlineData("org_platform", "operators' organisation", "--domains", "platform.test")]
    [InlineData("*", "no organisation's id", "--domains", "all.test")]
    [InlineData("org_refused", "nothing of its own")]
    [InlineData("org_refused", "settings name the account", "--zoom-account", Cloud.ZoomAccountId, "--zoom-client", "a", "--zoom-sdk-client", "b")]
    [InlineData("org_refused", "has the e-mail domain taken.test of org_Taken", "--domains", "taken.test")]
    [InlineData("org-taken", "secrets where those of org_Taken are", "--domains", "taken2.test")]
    public async Task What_no_row_may_say_is_not_written(string organization, string why, params string[] options)
    {
        await RunAsync("add", "org_Taken", "--reason", "It was here before.", "--domains", "taken.test");
        Assert.Equal(1, await RunAsync(["add", organization, "--reason", "Let us see.", .. options]));
        Assert.Contains(why, _told[^1], StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("show"));
        Assert.DoesNotContain(organization, _told.SkipWhile(line => !line.Contains(why, StringComparison.Ordinal)).Skip(1));
        await RunAsync("remove", "org_Taken", "--reason", "It goes.");
    }

    [Theory]
    [InlineData("add")]
    [InlineData("add", "org_half", "--reason", "r", "--issuer", "https://login.example/")]
    [InlineData("add", "org_half", "--reason", "r", "--zoom-account", "a", "--zoom-client", "b")]
    [InlineData("add", "org_half", "--domains", "half.test")]
    [InlineData("add", "org_half", "--reason", "r", "--client-secret", "s")]
    [InlineData("remove", "org_half")]
    [InlineData("show", "--all", "x")]
    public Task A_wrong_command_does_nothing_and_says_how_to(params string[] arguments) => Assert.ThrowsAsync<UsageException>(
        () => CustomerRegister.RunAsync(arguments, () => throw new InvalidOperationException("Nothing is opened."), TextWriter.Null, Cancellation));

    [Fact]
    public async Task Who_leaves_takes_the_row_along_and_is_told_of_the_secrets()
    {
        await RunAsync("add", "org_Leaver", "--reason", "For a while.", "--domains", "leaver.test");
        var stores = _app.Services.GetServices<SecureZoom.Functions.Audit.Erasing.IOrganizationStore>();
        var gone = await Assert.Single(stores.OfType<SecureZoom.Functions.Customers.CustomerLeaver>()).LetGoAsync("org_Leaver", Cancellation);
        Assert.Contains("customer-org-leaver-", Assert.Single(gone), StringComparison.Ordinal);
        Assert.Empty(await new TableClient(_cloud.Storage.ConnectionString, "customers")
            .QueryAsync<TableEntity>(row => row.RowKey == "org_Leaver", cancellationToken: Cancellation).ToListAsync(Cancellation));
    }

    private string Token(Action<JsonObject>? change = null) => _issuer.Token(claims: claims =>
    {
        claims["https://securezoom.example/groups"] = new JsonArray("zoom-hosts");
        claims["https://securezoom.example/email"] = "alice@story.test";
        claims["https://securezoom.example/email_verified"] = true;
        change?.Invoke(claims);
    });

    private async Task<HttpStatusCode> DeliverAsync(string secret)
    {
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["event"] = "meeting.started",
            ["event_ts"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            ["payload"] = new JsonObject { ["account_id"] = TwoZooms.OtherAccountId, ["object"] = new JsonObject { ["id"] = "98765432101", ["uuid"] = "a==" } },
        }.ToJsonString());
        using var request = SignedWebhook.Request(body, secret);
        using var answer = await _app.Http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var result = await CustomerRegister.RunAsync(arguments, () => new RunningApp(_app.Services), output, Cancellation);
        _told.AddRange(output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        return result;
    }
}
