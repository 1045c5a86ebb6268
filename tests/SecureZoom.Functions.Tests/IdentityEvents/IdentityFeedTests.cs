using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.IdentityEvents;

/// <summary>The feeds of Okta and Auth0: whose secret fits is believed, for its own organisations and nothing else.</summary>
public sealed class IdentityFeedTests(Cloud cloud) : IAsyncLifetime
{
    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud, IdentitySources.Settings);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task The_challenge_is_said_back_and_nothing_else_is()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "identity-events/okta");
        request.Headers.Add("x-okta-verification-challenge", "Ch4llenge\"<");
        var answer = await Answer.OfAsync(await _app.Http.SendAsync(request, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Ch4llenge\"<", (string?)Assert.Single(answer.Json).Value);
        Assert.NotNull(answer.Json["verification"]);
        Assert.Equal("invalid_request", (await Answer.OfAsync(await _app.Http.GetAsync("identity-events/okta", TestContext.Current.CancellationToken))).Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("north-hook-secre")]
    [InlineData("north-hook-secret ")]
    [InlineData("Bearer north-hook-secret")]
    [InlineData("NORTH-HOOK-SECRET")]
    [InlineData(StreamSecret)]
    public async Task Whoever_has_no_source_s_secret_is_refused(string? secret)
    {
        // Http trims a header's ends.
        var answer = await SendAsync(_app, "okta", secret == "north-hook-secret " ? "north-hook-secret x" : secret, Hook(Okta("user.session.start", "00uA")));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_secret"), (answer.Status, answer.Code));
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task A_source_whose_secret_is_not_set_is_not_the_others_trouble()
    {
        await using var app = await App.StartAsync(cloud, new(IdentitySources.Settings) { ["Secrets:okta-south"] = null });
        Assert.Equal("invalid_secret", (await SendAsync(app, "okta", SouthSecret, Hook())).Code);
        await DeliverAsync(app, "okta", NorthSecret, Hook());
    }

    [Fact]
    public async Task What_is_not_as_it_should_be_is_refused_precisely()
    {
        Assert.Equal("invalid_request", (await SendAsync(_app, "okta", NorthSecret, "not json"u8.ToArray())).Code);
        Assert.Equal("invalid_request", (await SendAsync(_app, "okta", NorthSecret, "{}"u8.ToArray())).Code);
        Assert.Equal("invalid_request", (await SendAsync(_app, "okta", NorthSecret, """{"data":{"events":[1]}}"""u8.ToArray())).Code);
        Assert.Equal("unsupported_media_type", (await SendAsync(_app, "okta", NorthSecret, "{}"u8.ToArray(), "text/plain")).Code);
        Assert.Equal("body_too_large", (await SendAsync(_app, "okta", NorthSecret, new byte[(1024 * 1024) + 1])).Code);
        Assert.Equal("invalid_request", (await SendAsync(_app, "auth0", StreamSecret, ""u8.ToArray())).Code);
        Assert.Equal("invalid_request", (await SendAsync(_app, "auth0", StreamSecret, "{}{"u8.ToArray())).Code);
        Assert.Equal("unsupported_media_type", (await SendAsync(_app, "auth0", StreamSecret, "{}"u8.ToArray(), "text/html")).Code);
        await DeliverAsync(_app, "okta", "north-hook-secret-before", Hook());
    }

    [Fact]
    public async Task A_failed_sign_in_reads_as_a_sentence_and_what_was_typed_for_a_name_is_not_kept()
    {
        var failed = Okta("user.session.start", "00uBob", result: "FAILURE");
        failed["outcome"]!["reason"] = "INVALID_CREDENTIALS";
        failed["target"] = null;
        failed["actor"] = new JsonObject { ["id"] = "00uBob", ["type"] = "User", ["alternateId"] = "bob@north.test", ["displayName"] = "Rob Brown" };
        failed["client"]!["ipAddress"] = "203.0.113.7";
        var typed = failed.DeepClone().AsObject();
        (typed["uuid"], typed["actor"]) = ("typed", new JsonObject { ["id"] = "unknown", ["type"] = "User", ["alternateId"] = "hunter2-secret", ["displayName"] = "hunter2-secret" });
        await DeliverAsync(_app, "okta", NorthSecret, Hook(failed, typed));

        var bob = await Wait.ForAsync("the record", async () => (await ReadAsync(North, "person=bob@north.test")).SingleOrDefault());
        var masked = await Wait.ForAsync("the other", async () =>
            (await ReadAsync(North, "action=signin.failed&source=okta")).SingleOrDefault(record => (string?)record["details"]!["login"] == "masked"));
        Assert.StartsWith("Rob Brown failed to sign in from 203.0.113.7 (wrong password), as Okta tells at ", (string?)bob["sentence"], StringComparison.Ordinal);
        Assert.Equal("okta|north-okta|00uBob", (string?)bob["actor"]!["subject"]);
        Assert.Equal(cloud.Identity.Address.AbsoluteUri, (string?)bob["actor"]!["issuer"]);
        Assert.Equal(("okta", "wrong_password", "failure"), ((string?)bob["source"], (string?)bob["reason"], (string?)bob["outcome"]));
        Assert.DoesNotContain("hunter2", masked.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("array")]
    [InlineData("object")]
    [InlineData("lines")]
    public async Task Auth0_may_send_in_each_of_its_forms(string form)
    {
        var id = Guid.NewGuid().ToString("N");
        JsonObject[] logs = [Auth0("limit_wc", $"auth0|{id}", name: $"{id}@north.test"), Auth0("fu", "", name: "hunter2"), Auth0("never_heard_of", null)];
        var body = form switch
        {
            "array" => new JsonArray(logs).ToJsonString(),
            "object" => new JsonObject { ["logs"] = new JsonArray(logs) }.ToJsonString(),
            _ => string.Join('\n', logs.Select(log => log.ToJsonString())) + "\n",
        };
        await DeliverAsync(_app, "auth0", StreamSecret, Encoding.UTF8.GetBytes(body), form == "lines" ? "application/x-ndjson" : "application/json");
        var locked = await Wait.ForAsync("the lock", async () => (await ReadAsync(North, $"person={id}@north.test")).SingleOrDefault());
        Assert.Equal(("account.locked", "too_many_failures", "auth0"), ((string?)locked["action"], (string?)locked["reason"], (string?)locked["source"]));
    }

    [Fact]
    public async Task A_mark_of_UTF_8_in_front_of_a_call_is_no_part_of_it()
    {
        foreach (var (path, secret, body) in ((string, string, JsonNode)[])
        [
            ("okta", NorthSecret, Hook(Okta("user.session.end", "00umarked"))),
            ("auth0", StreamSecret, Auth0("slo", "auth0|marked")),
        ])
        {
            var sent = await SendAsync(_app, path, secret, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(body.ToJsonString())]);
            Assert.Equal((path, HttpStatusCode.OK), (path, sent.Status));
        }
    }

    [Fact]
    public async Task Five_hundred_logs_in_one_call_are_recorded_once_however_often_they_come()
    {
        var logs = Encoding.UTF8.GetBytes(new JsonArray([.. Enumerable.Range(0, 500).Select(number =>
            Auth0(number < 450 ? "ss" : "sce", $"auth0|many{number}", $"many-{number}"))]).ToJsonString());
        var begun = Stopwatch.GetTimestamp();
        await DeliverAsync(_app, "auth0", StreamSecret, logs);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(begun)}"));
        await DeliverAsync(_app, "auth0", StreamSecret, logs);
        await DeliverAsync(_app, "auth0", StreamSecret, Auth0("limit_mu", "auth0|after"));
        await RecordsAsync(North, "address.blocked", 1);
        Assert.Equal(450, (await RecordsAsync(North, "person.created", 450)).Count);
    }

    [Fact]
    public async Task A_source_records_for_its_own_organisation_whatever_its_events_say()
    {
        var id = Guid.NewGuid().ToString("N");
        var theirs = Okta("user.account.update_profile", "00uX");
        theirs["target"] = new JsonArray(new JsonObject { ["id"] = "00uX", ["type"] = "User", ["alternateId"] = $"{id}@org-north.test" });
        theirs["organization_id"] = North;
        await DeliverAsync(_app, "okta", SouthSecret, Hook(theirs));
        await RecordsAsync(South, "person.changed", 1);
        Assert.DoesNotContain(await ReadAsync(North, "source=okta"), record => record.ToJsonString().Contains(id, StringComparison.Ordinal));
        // Auth0's stream has everybody's, whoever it was set up for: what another organisation's people did is in no other's trail.
        var foreign = Auth0("fp", $"auth0|{id}", name: $"{id}@foreign.test");
        foreign["data"]!["organization_id"] = South;
        await DeliverAsync(_app, "auth0", StreamSecret, foreign);
        await Wait.ForAsync("the unassigned", async () => (await ReadAsync("unassigned", $"person=auth0|{id}")) is [var first, ..] ? first : null);
        Assert.Empty(await ReadAsync(North, $"person=auth0|{id}"));
        // Where a source speaks for several, it is the domain's owner; where nobody is, nobody's.
        await DeliverAsync(_app, "auth0", cloud.Secrets["auth0-log-stream-secret"], Auth0("fu", null, name: $"{id}@nobody.test"));
        await Wait.ForAsync("the unassigned", async () => (await ReadAsync("unassigned", $"person={id}@nobody.test")) is [var first, ..] ? first : null);
    }

    [Fact]
    public async Task Thousands_of_mutated_calls_are_neither_taken_nor_our_fault()
    {
        var good = Hook(Okta("user.lifecycle.suspend", "00uNobody")).ToJsonString();
        var statuses = new System.Collections.Concurrent.ConcurrentBag<HttpStatusCode>();
        await Parallel.ForAsync(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var random = new Random(number);
            var secret = NorthSecret.ToCharArray();
            secret[random.Next(secret.Length)] ^= (char)(1 + random.Next(3));
            var body = Encoding.UTF8.GetBytes(good);
            body[random.Next(body.Length)] = (byte)random.Next(256);
            statuses.Add((await SendAsync(_app, random.Next(2) == 0 ? "okta" : "auth0", random.Next(4) == 0 ? null : new string(secret), body)).Status);
        });
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
    }

    private Task<IReadOnlyList<JsonObject>> RecordsAsync(string organization, string action, int count) =>
        Wait.ForAsync($"{count} {action}", async () =>
            await ReadAsync(organization, $"action={action}") is { } records && records.Count >= count ? records : null);

    /// <summary>Whoever looks often is told to wait, and looks again.</summary>
    private Task<IReadOnlyList<JsonObject>> ReadAsync(string organization, string filter) => Wait.ForAsync("an answer", async () =>
    {
        var answer = await _app.As(Accounts.Olive).GetAsync($"audit?organization={organization}&limit=500&{filter}");
        return answer.Status == HttpStatusCode.OK
            ? (IReadOnlyList<JsonObject>)[.. answer.Json["records"]!.AsArray().Select(record => record!.AsObject())]
            : null;
    });
}
