using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NJsonSchema;
using SecureZoom.Functions.Audit.Ocsf;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit.Ocsf;

/// <summary>The trail for collectors: what OCSF 1.8.0 requires is there, and reading on from where one left off misses nothing.</summary>
public sealed class OcsfEventTests(Cloud cloud)
{
    private const string Accept = "application/x-ndjson; profile=ocsf";

    private static readonly string[] Actions =
    [
        .. new[] { typeof(AuditActions), typeof(IdentityActions) }.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!),
        "meeting.participant_joined", "recording.batch_trashed", "user.updated", "phone.x", "odd",
    ];

    [Fact]
    public async Task Every_action_however_it_ends_and_whoever_did_it_has_what_its_class_requires()
    {
        AuditActor[] actors =
        [
            new() { Type = AuditActorTypes.User, Issuer = "https://id.test/", Subject = "okta|acme|1", Name = "Bob", Email = "bob@acme.example" },
            new() { Type = AuditActorTypes.Visitor },
            new() { Type = AuditActorTypes.System, Name = "Okta" },
            new() { Type = AuditActorTypes.User, Erased = true },
        ];
        JsonObject?[] details =
        [
            null,
            JsonNode.Parse("""{"type":"user.x","factor":"okta_verify_push","session":"s1","app":"SecureZoom","origin":{"city":"Ulm","country":"Germany"},"target":{"subject":"okta|acme|2"}}""")!.AsObject(),
            JsonNode.Parse("""{"type":3,"factor":7,"origin":"x","target":[]}""")!.AsObject(),
        ];
        RequestClient?[] clients = [null, new("203.0.113.7", "Mozilla/5.0", "r1"), new(null, null, null)];
        var schemas = new OcsfSchemas(await OcsfSchemas.ReadAsync());
        var random = new Random(16);
        foreach (var action in Actions)
        {
            foreach (var outcome in (string[])["success", "failure", "denied", "intent"])
            {
                var auditEvent = Story.Event(action: action, outcome: outcome, source: random.Next(2) == 0 ? "okta" : "zoom", details: details[random.Next(3)]) with
                {
                    Actor = actors[random.Next(4)],
                    Client = clients[random.Next(3)],
                };
                schemas.Check(OcsfEvent.Of(AuditRecord.Of(auditEvent, "org_x", 1, DateTimeOffset.UtcNow, "It was done.")));
            }
        }

        schemas.Check(OcsfEvent.Of(AuditRecord.Unreadable("org_x", 7)));
    }

    [Theory]
    [InlineData("signin.failed", 300201)]
    [InlineData("signout", 300202)]
    [InlineData("mfa.denied", 300299)]
    [InlineData("account.locked", 300109)]
    [InlineData("person.suspended", 300105)]
    [InlineData("factor.added", 300110)]
    [InlineData("meeting.created", 600301)]
    [InlineData("audit.read", 600302)]
    [InlineData("meeting.deleted", 600304)]
    [InlineData("invitation.withdrawn", 600304)]
    [InlineData("access.denied", 600399)]
    public void An_action_is_of_the_type_that_rules_look_for(string action, int type) => Assert.Equal(type, OcsfActivities.Of(action).TypeUid);

    [Theory]
    [InlineData("sms", 1)]
    [InlineData("OKTA_VERIFY_PUSH", 5)]
    [InlineData("signed_nonce", 99)]
    [InlineData("password_as_factor", 11)]
    [InlineData("webauthn_roaming", 10)]
    public void A_factor_is_of_the_kind_that_its_name_says(string factor, int id) => Assert.Equal(id, OcsfFactor.Of(factor).Id);

    [Fact]
    public async Task Whoever_reads_on_behind_the_last_record_that_they_have_gets_each_once_and_in_order()
    {
        var organization = Story.NewOrganization();
        await using var app = await App.StartAsync(cloud);
        var appender = app.Services.GetRequiredService<AuditAppender>();
        var schemas = new OcsfSchemas(await OcsfSchemas.ReadAsync());
        var (seen, after) = (new List<long>(), 0L);
        for (var round = 0; round < 3; round++)
        {
            foreach (var auditEvent in Story.Events(round == 1 ? 0 : 4))
            {
                await appender.AppendAsync(organization, auditEvent, TestContext.Current.CancellationToken);
            }

            var lines = await PullAsync(app, organization, $"after={after}&action=meeting.created");
            Assert.Equal(lines.Count - 1, (long)lines[^1]["trailer"]!["records"]!);
            after = (long)lines[^1]["trailer"]!["after"]!;
            lines[..^1].ForEach(schemas.Check);
            seen.AddRange(lines[..^1].Select(line => (long)line["metadata"]!["sequence"]!));
        }

        Assert.Equal(8, seen.Count);
        Assert.Equal(seen.Distinct().Order(), seen);
        // The export itself is on record, as such, and once: whoever reads on every minute does not fill the trail with it.
        await Wait.ForAsync("the export's record", async () =>
            (await app.As(Accounts.Audrey.In(organization)).GetAsync("audit?action=audit.exported")).Json["records"]!.AsArray().FirstOrDefault());
        var exported = Assert.Single(await PullAsync(app, organization, "action=audit.exported"), line => line["unmapped"] is not null);
        Assert.Equal((600302, Accept), ((int)exported["type_uid"]!, (string)exported["unmapped"]!["details"]!["format"]!));
    }

    [Theory]
    [InlineData("application/x-ndjson;profile=ocsf", Accept)]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("application/json;q=0.1, application/x-ndjson; profile=ocsf", Accept)]
    [InlineData("application/x-ndjson; profile=ecs", "application/json; charset=utf-8")]
    public async Task The_profile_is_part_of_the_type_that_is_asked_for(string accept, string type)
    {
        await using var app = await App.StartAsync(cloud);
        using var request = new HttpRequestMessage(HttpMethod.Get, "audit?limit=1&after=0");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", app.As(Accounts.Audrey.In(Story.NewOrganization())).Token);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
    }

    private static async Task<List<JsonObject>> PullAsync(App app, string organization, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"audit?{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", app.As(Accounts.Audrey.In(organization)).Token);
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        using var answer = await app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    /// <summary>What the schema requires, by class.</summary>
    private sealed class OcsfSchemas(IReadOnlyDictionary<int, JsonSchema> classes)
    {
        public static async Task<IReadOnlyDictionary<int, JsonSchema>> ReadAsync()
        {
            var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "vectors", "ocsf-1.8.0.json"), TestContext.Current.CancellationToken);
            var classes = new Dictionary<int, JsonSchema>();
            foreach (var uid in (int[])[3001, 3002, 6003])
            {
                var schema = JsonNode.Parse(text)!.AsObject();
                schema["allOf"] = new JsonArray(new JsonObject { ["$ref"] = $"#/definitions/{uid}" });
                classes[uid] = await JsonSchema.FromJsonAsync(schema.ToJsonString(), TestContext.Current.CancellationToken);
            }

            return classes;
        }

        public void Check(JsonObject told)
        {
            var (uid, activity) = ((int)told["class_uid"]!, (int)told["activity_id"]!);
            Assert.Empty(classes[uid].Validate(told.ToJsonString()).Select(error => $"{error} in {told.ToJsonString()}"));
            Assert.Equal((uid * 100) + activity, (int)told["type_uid"]!);
        }
    }
}
