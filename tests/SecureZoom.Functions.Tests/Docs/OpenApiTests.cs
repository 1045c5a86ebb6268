using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Checkpoints;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;
using SecureZoom.Verification;
using Person = SecureZoom.Functions.Tests.Support.Person;

namespace SecureZoom.Functions.Tests.Docs;

/// <summary>The document says what the app does, and the app does what the document says.</summary>
public sealed class OpenApiTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private const string Organization = "org_contract";

    private static readonly Account Carol = Accounts.Carol.In(Organization);

    private readonly HashSet<(string, string, int)> _seen = [];
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private Contract _contract = null!;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(queues.Cloud);
        _app = await App.StartAsync(queues.Cloud, _zoom.Settings);
        _contract = new Contract((await AnonymousAsync(HttpMethod.Get, "openapi.json")).Json);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public void Every_function_is_in_the_document_and_nothing_else()
    {
        var functions =
            from type in typeof(Composition).Assembly.GetExportedTypes()
            from method in type.GetMethods()
            let function = method.GetCustomAttribute<FunctionAttribute>()
            let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null)
            where function is not null && trigger is not null
            from verb in trigger.Methods!
            let open = method.GetCustomAttribute<AccessAttribute>() is PublicAttribute
            select (verb.ToUpperInvariant(), $"/{trigger.Route}", function.Name, open);
        var documented = _contract.Operations.Select(call => (
            call.Method, call.Path, (string)call.Operation["operationId"]!, call.Operation["security"] is JsonArray { Count: 0 }));
        Assert.Equal(functions.Order(), documented.Order());
    }

    [Fact]
    public void Whoever_is_counted_can_be_told_to_wait() => Assert.All(
        _contract.Operations.Where(call => call.Operation["security"] is null), call => Assert.NotNull(call.Operation["responses"]!["429"]));

    [Fact]
    public void Every_reference_leads_somewhere_and_every_object_is_closed()
    {
        foreach (var node in Nodes(_contract.Document))
        {
            if (node["$ref"] is not null)
            {
                Assert.NotNull(_contract.Resolve(node));
            }

            if (node["type"] is JsonValue type && (string?)type == "object" && node["properties"] is not null && node["properties"]!["event_ts"] is null)
            {
                Assert.False((bool)node["additionalProperties"]!, node.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task Real_answers_are_as_the_document_says()
    {
        var (carol, bob, stranger) = (_app.As(Carol), _app.As(Accounts.Bob.In(Organization)), _app.As(Accounts.Dave.In("org_contract_other")));
        var created = await JudgeAsync("POST", "/meetings", carol.PostAsync("meetings", new JsonObject
        {
            ["topic"] = "Contract",
            ["agenda"] = "A",
            ["start_time"] = "2026-12-01T14:30:00Z",
            ["settings"] = new JsonObject { ["watermark"] = true },
        }));
        var id = created.Json["id"]!.ToString();
        await carol.PostAsync("meetings", new JsonObject { ["topic"] = "Second" });
        await _zoom.LetAsync("record", id);
        await JudgeAsync("GET", "/meetings", carol.GetAsync("meetings?pageSize=1"));
        await JudgeAsync("GET", "/meetings/{id}", carol.GetAsync($"meetings/{id}"));
        await JudgeAsync("GET", "/meetings/{id}", bob.GetAsync($"meetings/{id}"));
        await JudgeAsync("GET", "/meetings", carol.GetAsync("meetings?query=none&when=past&from=2026-01-01&to=2026-01-02&host=me"));
        await JudgeAsync("GET", "/meetings/{id}/status", bob.GetAsync($"meetings/{id}/status"));
        await JudgeAsync("GET", "/meetings/{id}/status", bob.GetAsync($"meetings/{id}/status?include=meeting"));
        await JudgeAsync("GET", "/meetings/{id}/details", bob.GetAsync($"meetings/{id}/details"));
        await JudgeAsync("GET", "/meetings/{id}/calendar", bob.GetAsync($"meetings/{id}/calendar"));
        await JudgeAsync("POST", "/meetings/{id}/passcode", carol.PostAsync($"meetings/{id}/passcode"));
        await JudgeAsync("POST", "/signature", carol.PostAsync("signature", new JsonObject { ["meetingNumber"] = id, ["role"] = "1", ["include"] = "meeting" }));
        await JudgeAsync("PATCH", "/meetings/{id}", carol.PatchAsync(
            $"meetings/{id}", new JsonObject { ["settings"] = new JsonObject { ["join_before_host"] = true } }));
        await JudgeAsync("PATCH", "/meetings/{id}", carol.PatchAsync($"meetings/{id}", new JsonObject { ["duration"] = 10 }));
        await SeriesStory.TellAsync(JudgeAsync, carol, _zoom);
        await JudgeAsync("GET", "/meetings/{id}/recordings", carol.GetAsync($"meetings/{id}/recordings"));
        var invited = await JudgeAsync("POST", "/meetings/{id}/invitations", carol.PostAsync($"meetings/{id}/invitations", new JsonObject { ["organization"] = "org_contract_other" }));
        var invitation = (string)invited.Json["invitation"]!;
        await JudgeAsync("GET", "/meetings/{id}", stranger.GetAsync($"meetings/{id}", ("Meeting-Invitation", invitation)));
        await JudgeAsync("POST", "/signature", stranger.PostAsync("signature", new JsonObject { ["meetingNumber"] = id, ["invitation"] = invitation }));
        await JudgeAsync("POST", "/signature", carol.PostAsync("signature", new JsonObject { ["meetingNumber"] = id, ["role"] = 1 }));
        await JudgeAsync("POST", "/meetings/{id}/end", carol.PostAsync($"meetings/{id}/end"));
        await JudgeAsync("GET", "/me", carol.GetAsync("me"));
        await JudgeAsync("GET", "/me", _app.As(Carol, new TokenOverrides(Claims: new JsonObject { ["org_id"] = null })).GetAsync("me"));
        await JudgeAsync("GET", "/health", AnonymousAsync(HttpMethod.Get, "health"));
        await JudgeAsync("GET", "/docs", AnonymousAsync(HttpMethod.Get, "docs"));
        await JudgeAsync("GET", "/openapi.json", AnonymousAsync(HttpMethod.Get, "openapi.json"));
        await JudgeAsync("GET", "/meetings/{id}/invitations", carol.GetAsync($"meetings/{id}/invitations?include=organizations"));
        await JudgeProblemsAsync(carol, bob, stranger, id, invitation);
        await JudgeAsync("DELETE", "/meetings/{id}/invitations/{invitationId}", carol.DeleteAsync($"meetings/{id}/invitations/{invited.Json["id"]}"));
        await JudgeWebhooksAsync();
        await JudgeIdentityEventsAsync(carol);
        await _zoom.Zoom.WhenDeliveredAsync();
        _zoom.TellTo(_app);
        await JudgeAsync("DELETE", "/meetings/{id}", carol.DeleteAsync($"meetings/{id}"));
        await Wait.ForAsync("the deletion in the trail", async () =>
            (await carol.GetAsync($"audit?meeting={id}&action=meeting.deleted&source=zoom")).Json["records"]!.AsArray().FirstOrDefault());
        await _app.Services.GetRequiredService<CheckpointSigner>().SignAsync(Organization, TestContext.Current.CancellationToken);
        await JudgeAsync("GET", "/audit", carol.GetAsync("audit?limit=500"));
        await JudgeAsync("GET", "/audit", carol.GetAsync("audit?limit=1"));
        await JudgeAsync("GET", "/audit", carol.GetAsync("audit", ("Accept", "application/x-ndjson")));
        await JudgeAsync("GET", "/audit", carol.GetAsync("audit", ("Accept", "text/csv")));
        await JudgeAsync("GET", "/audit", carol.GetAsync("audit?text=planning&person=carol@acme.example"));
        await JudgeAsync("GET", "/audit/summary", carol.GetAsync("audit/summary"));
        await JudgeAsync("GET", "/audit/summary", carol.GetAsync("audit/summary?by=day"));
        await JudgeAsync("GET", "/audit/verification", carol.GetAsync("audit/verification"));
        await JudgeAsync("GET", "/audit/checkpoints", carol.GetAsync("audit/checkpoints"));
        var finding = new TrailProblem(TrailProblems.Changed, 1, "Record 1 is not the one that the log committed to.");
        await _app.Services.GetRequiredService<TrailFindings>().ReportAsync(Organization, [finding], TestContext.Current.CancellationToken);
        var found = await JudgeAsync("GET", "/audit/findings", carol.GetAsync("audit/findings"));
        var known = new JsonObject { ["organization"] = Organization, ["findings"] = new JsonArray((string)found.Json["findings"]![0]!["id"]!), ["reason"] = "Known." };
        await JudgeAsync("POST", "/audit/findings", _app.As(Accounts.Olive).PostAsync("audit/findings", known));
        await ErasureStory.TellAsync(_app.As(Carol, AccountExtensions.Eraser), Carol.Email, JudgeAsync);
        await JudgeAsync("GET", "/audit/keys", carol.GetAsync("audit/keys"));
        await ProofStory.TellAsync(carol, JudgeAsync, (schema, line) => _contract.ValidateAsync(_contract.Document["components"]!["schemas"]![schema]!, line));
        var succeeded = _seen.Where(seen => seen.Item3 < 300).Select(seen => (seen.Item1, seen.Item2)).ToHashSet();
        Assert.All(_contract.Operations, call => Assert.Contains((call.Method, call.Path), succeeded));
    }

    [Fact]
    public async Task An_answer_with_a_member_too_many_or_too_few_is_caught()
    {
        var me = (await _app.As(Carol).GetAsync("me")).Json;
        var schema = _contract.Document["components"]!["schemas"]!["Me"]!;
        Assert.Equal("", await _contract.ValidateAsync(schema, me.ToJsonString()));
        me["organization"]!["secret"] = 1;
        Assert.NotEqual("", await _contract.ValidateAsync(schema, me.ToJsonString()));
        me["organization"]!.AsObject().Remove("secret");
        me["subject"] = 7;
        Assert.NotEqual("", await _contract.ValidateAsync(schema, me.ToJsonString()));
        me.Remove("subject");
        Assert.NotEqual("", await _contract.ValidateAsync(schema, me.ToJsonString()));
    }

    private async Task JudgeProblemsAsync(Person carol, Person bob, Person stranger, string id, string invitation)
    {
        var nobody = new Person(_app.Http, "none");
        foreach (var (method, path, operation) in _contract.Operations.Where(call => call.Operation["security"] is null))
        {
            var body = operation["requestBody"] is null ? null : new JsonObject { ["nonsense"] = true };
            var address = path.TrimStart('/').Replace("{id}", id, StringComparison.Ordinal).Replace("{invitationId}", "none", StringComparison.Ordinal)
                .Replace("{sequence}", "1", StringComparison.Ordinal);
            await JudgeAsync(method, path, nobody.SendAsync(new HttpMethod(method), address, body));
            if (path != "/me")
            {
                var query = method == "GET" && path is "/meetings" or "/audit" or "/audit/summary" or "/audit/verification" or "/audit/checkpoints" ? "?nonsense=1" : "";
                var unorganised = _app.As(Carol, new TokenOverrides(Claims: new JsonObject { ["org_id"] = null }));
                await JudgeAsync(method, path, unorganised.SendAsync(new HttpMethod(method), address, body));
                await JudgeAsync(method, path, _app.As(Accounts.Erin.In(Organization)).SendAsync(new HttpMethod(method), address + query, body));
            }

            if (body is not null)
            {
                await JudgeAsync(method, path, carol.SendAsync(new HttpMethod(method), address, body.DeepClone()));
                await JudgeAsync(method, path, RawAsync(carol, method, address, "text/plain", 2));
                await JudgeAsync(method, path, RawAsync(carol, method, address, "application/json", 70_000));
            }

            if (path.Contains("{id}", StringComparison.Ordinal))
            {
                var good = method == "POST" && path.EndsWith("invitations", StringComparison.Ordinal) ? new JsonObject { ["organization"] = "org_x" }
                    : method == "PATCH" ? new JsonObject { ["topic"] = "T" } : null;
                await JudgeAsync(method, path, stranger.SendAsync(new HttpMethod(method), address, good));
                foreach (var status in (int[])[400, 401, 409, 429, 500])
                {
                    _zoom.Zoom.Faults.Add(new Fault("/v2/meetings/", status, Times: 3));
                    await JudgeAsync(method, path, carol.SendAsync(new HttpMethod(method), address, good?.DeepClone()));
                    _zoom.Zoom.Faults.Clear();
                }
            }
        }

        await JudgeAsync("GET", "/meetings", carol.GetAsync("meetings?nonsense=1"));
        await JudgeAsync("GET", "/meetings", carol.GetAsync("meetings?cursor=nonsense"));
        await JudgeAsync("GET", "/audit", carol.GetAsync("audit?nonsense=1"));
        await JudgeAsync("POST", "/signature", stranger.PostAsync("signature", new JsonObject { ["meetingNumber"] = id }));
        await JudgeAsync("POST", "/signature", bob.PostAsync("signature", new JsonObject { ["meetingNumber"] = id, ["invitation"] = invitation }));
        foreach (var status in (int[])[400, 401, 404, 429, 500])
        {
            _zoom.Zoom.Faults.Add(new Fault("/v2/users/", status, Times: 3));
            await JudgeAsync("POST", "/signature", carol.PostAsync("signature", new JsonObject { ["meetingNumber"] = id, ["role"] = 1 }));
            _zoom.Zoom.Faults.Clear();
            _zoom.Zoom.Faults.Add(new Fault("/v2/users/", status, Times: 3));
            await JudgeAsync("POST", "/meetings", carol.PostAsync("meetings", new JsonObject { ["topic"] = "T" }));
            _zoom.Zoom.Faults.Clear();
        }
    }

    private async Task JudgeWebhooksAsync()
    {
        await JudgeAsync("POST", "/webhook", AnonymousAsync(HttpMethod.Post, "webhook", new StringContent("{}", Encoding.UTF8, "application/json")));
        await JudgeAsync("POST", "/webhook", AnonymousAsync(HttpMethod.Post, "webhook", new StringContent("{}", Encoding.UTF8, "text/plain")));
        await JudgeAsync("POST", "/webhook", SignedAsync("""{"event":"endpoint.url_validation","payload":{"plainToken":"abc"}}"""));
        await JudgeAsync("POST", "/webhook", SignedAsync("""{"event":"user.created","payload":{}}"""));
        await JudgeAsync("POST", "/webhook", SignedAsync("[]"));
    }

    private async Task JudgeIdentityEventsAsync(Person carol)
    {
        var (okta, auth0) = (queues.Cloud.Secrets["okta-event-hook-secret"], queues.Cloud.Secrets["auth0-log-stream-secret"]);
        await JudgeAsync("POST", "/identity-events/okta", IdentitySources.SendAsync(_app, "okta", okta, IdentitySources.Hook(IdentitySources.Okta("odd", "00uA"))));
        await JudgeAsync("POST", "/identity-events/okta", IdentitySources.SendAsync(_app, "okta", "another", IdentitySources.Hook()));
        await JudgeAsync("POST", "/identity-events/okta", IdentitySources.SendAsync(_app, "okta", okta, "[]"u8.ToArray()));
        await JudgeAsync("POST", "/identity-events/auth0", IdentitySources.SendAsync(_app, "auth0", auth0, IdentitySources.Auth0("s", "auth0|a")));
        await JudgeAsync("POST", "/identity-events/auth0", IdentitySources.SendAsync(_app, "auth0", auth0, "{}"u8.ToArray(), "text/html"));
        await JudgeAsync("GET", "/identity-events/okta", AnonymousAsync(HttpMethod.Get, "identity-events/okta"));
        using var challenge = new HttpRequestMessage(HttpMethod.Get, "identity-events/okta");
        challenge.Headers.Add("x-okta-verification-challenge", "challenge");
        await JudgeAsync("GET", "/identity-events/okta", Answer.OfAsync(await _app.Http.SendAsync(challenge, TestContext.Current.CancellationToken)));
        var revoked = await JudgeAsync("POST", "/revocations", carol.PostAsync("revocations", new JsonObject { ["person"] = "auth0|nobody", ["reason"] = "A" }));
        await JudgeAsync("POST", "/revocations", carol.PostAsync("revocations", new JsonObject { ["person"] = "nobody@nowhere.test", ["reason"] = "A" }));
        await JudgeAsync("GET", "/revocations", carol.GetAsync("revocations"));
        await JudgeAsync("DELETE", "/revocations/{revocationId}", carol.DeleteAsync($"revocations/{revoked.Json["id"]}"));
        await JudgeAsync("DELETE", "/revocations/{revocationId}", carol.DeleteAsync($"revocations/{revoked.Json["id"]}"));
    }

    private Task<Answer> SignedAsync(string body)
    {
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var mac = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(queues.Cloud.Secrets["zoom-webhook-secret"]), Encoding.UTF8.GetBytes($"v0:{seconds}:{body}"));
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        content.Headers.Add("x-zm-request-timestamp", $"{seconds}");
        content.Headers.Add("x-zm-signature", $"v0={Convert.ToHexStringLower(mac)}");
        return AnonymousAsync(HttpMethod.Post, "webhook", content);
    }

    private async Task<Answer> JudgeAsync(string method, string path, Task<Answer> call)
    {
        var answer = await call;
        _seen.Add((method, path, (int)answer.Status));
        Assert.Equal($"{method} {path}: ", $"{method} {path}: {await _contract.JudgeAsync(method, path, answer)}");
        return answer;
    }

    private async Task<Answer> RawAsync(Person person, string method, string path, string type, int length)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new StringContent("{}".PadRight(length), Encoding.UTF8, type),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        return await Answer.OfAsync(await _app.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    private async Task<Answer> AnonymousAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await Answer.OfAsync(await _app.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    private static IEnumerable<JsonObject> Nodes(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Nodes(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Nodes),
        _ => [],
    };
}
