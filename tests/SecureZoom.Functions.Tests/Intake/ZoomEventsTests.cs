using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Tests.Webhooks;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Intake;

/// <summary>Each of Zoom's events comes, once, into the trail of whom it concerns, and no other organisation's data with it.</summary>
[Collection(OwnCloud.Name)]
public sealed class ZoomEventsTests(OwnCloud own) : IAsyncLifetime
{
    private const string Operators = "org_platform";
    private const string Unassigned = "unassigned";

    private static readonly string[] Addresses = ["email", "user_email", "owner_email", "host_email", "meeting_host_email"];
    private static readonly string[] Hosts = ["host_id", "meeting_host_id"];

    private readonly AdjustableTime _time = new();
    private readonly Account _alice = Accounts.Alice.In($"org_one_{Guid.NewGuid():N}");
    private readonly Account _dave = Accounts.Dave.In($"org_two_{Guid.NewGuid():N}");
    private readonly long _number = 81_000_000_000 + RandomNumberGenerator.GetInt32(1_000_000_000);
    private readonly string _uuid = $"{Guid.NewGuid():N}/+==";
    private readonly DateTimeOffset _begun = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
    private OwnZoom _zoom = null!;
    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string One => _alice.OrganizationId!;

    private string Two => _dave.OrganizationId!;

    private string Domain => _alice.Email.Split('@')[1];

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(own.Cloud);
        _app = await App.StartAsync(own.Cloud, _zoom.Settings, services => services.AddSingleton<TimeProvider>(_time));
        // Their tokens state whose the domains are.
        await _app.As(_alice).GetAsync("me");
        await _app.As(_dave).GetAsync("me");
        await RegisterAsync(One, _number);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    /// <param name="isOurs">Whether its meeting was made here; or at Zoom itself, where most events have the host's id alone.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_event_that_Zoom_publishes_a_sample_of_is_in_the_right_trail_once(bool isOurs)
    {
        // As it is told of its start, which comes before all else.
        var number = isOurs ? _number : _number + 1;
        await TellUuidAsync(number, _uuid, isOurs ? null : One);
        var ids = new Dictionary<string, string>();
        foreach (var (name, person) in ((string, string)[])[("zHanna", "carol"), ("zAlice", "alice"), ("zBob", "bob")])
        {
            ids[name] = await IdOfAsync(person);
        }

        var samples = ZoomSamples.All.Select(sample => JsonNode.Parse(ids.Aggregate(sample.ToJsonString(), (text, id) => text.Replace($"\"{id.Key}\"", $"\"{id.Value}\"", StringComparison.Ordinal))
            .Replace("acme.example", Domain, StringComparison.Ordinal)
            .Replace("85012345678", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("Planning\\u002Buuid/1==", _uuid, StringComparison.Ordinal))!.AsObject()).ToList();

        foreach (var sample in samples)
        {
            // Of this run alone: what comes again is on record once.
            sample["event_ts"] = _begun.ToUnixTimeMilliseconds();
        }

        await Parallel.ForEachAsync(
            samples, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancellation }, async (sample, _) => await SendAsync(sample));

        // What may be about a meeting that is being created here waits no longer than that may take.
        _time.Advance(AuditEventProcessor.OwnerPatience);
        var expected = samples.Select(sample => $"{Expected(sample, isOurs, ids.Values)} {sample["event"]}").Order(StringComparer.Ordinal).ToList();
        await Wait.ForAsync("all events", async () => (await RecordedAsync()).Count >= expected.Count ? "" : null);
        Assert.Equal(expected, await RecordedAsync());
    }

    [Fact]
    public async Task Of_what_somebody_did_to_another_organisation_his_own_trail_has_that_he_did_and_no_more()
    {
        await SendAsync(Event("user.updated", new() { ["id"] = "zAlice", ["email"] = _alice.Email, ["first_name"] = "Alice" }, @operator: _dave.Email));

        var theirs = await FirstAsync(One, "user.updated");
        Assert.Equal(_alice.Email, (string?)theirs["details"]!["object"]!["user"]!["email"]);
        Assert.StartsWith($"{_dave.Email} changed user \"{_alice.Email}\"", (string?)theirs["sentence"], StringComparison.Ordinal);
        var his = await FirstAsync(Two, "user.updated");
        Assert.StartsWith($"{_dave.Email} acted on a user of another organization (user.updated)", (string?)his["sentence"], StringComparison.Ordinal);
        Assert.DoesNotContain(_alice.Email, his.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("zAlice", his.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meeting_is_known_by_the_uuid_of_its_start()
    {
        await SendAsync(Event("meeting.started", new() { ["id"] = $"{_number}", ["uuid"] = _uuid, ["topic"] = "Planning" }));
        await FirstAsync(One, "meeting.started");
        await SendAsync(new JsonObject { ["event"] = "meeting.rtms_started", ["payload"] = new JsonObject { ["meeting_uuid"] = _uuid, ["rtms_stream_id"] = "s" } });

        var streamed = await FirstAsync(One, "meeting.rtms_started");
        Assert.Equal($"{_number}", (string?)streamed["meeting"]);
    }

    [Fact]
    public async Task A_replayed_event_of_ones_own_meeting_is_in_ones_trail_once_and_puts_the_meeting_nowhere_else()
    {
        var created = await _app.As(_alice).PostAsync("meetings", new JsonObject { ["topic"] = "Own" });
        var number = created.Json["id"]!.ToString();
        var (begun, over) = (DateTimeOffset.UtcNow.AddMinutes(-2).ToUnixTimeMilliseconds(), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        JsonObject Told(string name, long at) => new()
        {
            ["event"] = name,
            ["event_ts"] = at,
            ["payload"] = new JsonObject { ["object"] = new JsonObject { ["id"] = number, ["uuid"] = _uuid, ["topic"] = "Own" } },
        };
        await SendAsync(Told("meeting.started", begun));
        await FirstAsync(One, "meeting.started");
        await SendAsync(Told("meeting.ended", over));
        await FirstAsync(One, "meeting.ended");

        // Behind what is replayed, an event that shows that it has come off the queue.
        await SendAsync(Told("meeting.started", begun));
        await SendAsync(Told("meeting.ended", over));
        await SendAsync(Told("meeting.sharing_started", over + 1));
        await FirstAsync(One, "meeting.sharing_started");
        foreach (var name in (string[])["meeting.started", "meeting.ended"])
        {
            Assert.Single((await _app.As(Accounts.Olive).GetAsync($"audit?organization={One}&action={name}")).Json["records"]!.AsArray());
            Assert.DoesNotContain(
                (await _app.As(Accounts.Olive).GetAsync($"audit?organization={Unassigned}&action={name}")).Json["records"]!.AsArray(),
                record => (string?)record!["meeting"] == number);
        }

        Assert.Empty((await _app.As(_alice).GetAsync("meetings?when=now")).Json["meetings"]!.AsArray());
        Assert.Contains((await _app.As(_alice).GetAsync("meetings?when=past")).Json["meetings"]!.AsArray(), meeting => $"{meeting!["id"]}" == number);
    }

    [Fact]
    public async Task A_host_is_named_as_the_registry_knows_him()
    {
        await SendAsync(Event("meeting.ended", new() { ["id"] = $"{_number}", ["host_id"] = "zHanna", ["topic"] = "Planning" }));

        Assert.StartsWith($"A meeting hosted by {_alice.Email} ended", (string?)(await FirstAsync(One, "meeting.ended"))["sentence"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_recordings_deleted_together_each_organisation_sees_its_own()
    {
        var (other, otherUuid) = (_number + 1, $"{Guid.NewGuid():N}==");
        await RegisterAsync(Two, other);
        await TellUuidAsync(_number, _uuid);
        await TellUuidAsync(other, otherUuid);

        await SendAsync(Event("recording.batch_trashed", new() { ["meeting_uuids"] = new JsonArray(_uuid, otherUuid) }, @operator: "admin@nobody.test"));

        foreach (var (organization, number, uuid, foreign) in ((string, long, string, string)[])[(One, _number, _uuid, otherUuid), (Two, other, otherUuid, _uuid)])
        {
            var record = await FirstAsync(organization, "recording.batch_trashed");
            Assert.Equal($"{number}", (string?)record["meeting"]);
            Assert.Contains(uuid, record["details"]!["object"]!["meeting_uuids"]!.AsArray().Select(one => (string?)one));
            Assert.DoesNotContain(foreign, record["details"]!["object"]!["meeting_uuids"]!.AsArray().Select(one => (string?)one));
        }
    }

    [Fact]
    public async Task What_happens_to_a_sub_account_is_the_operators_to_know()
    {
        var webhook = Event("meeting.participant_bind", new() { ["id"] = $"{_number}" });
        webhook["payload"]!["account_id"] = "acct_sub";
        await SendAsync(webhook);

        var record = await FirstAsync(Operators, "meeting.participant_bind");
        Assert.Equal("acct_sub", (string?)record["details"]!["account_id"]);
        Assert.Empty(await ReadAsync(One, "meeting.participant_bind"));
    }

    [Fact]
    public async Task An_app_that_was_taken_out_wants_an_operators_look()
    {
        await SendAsync(new JsonObject { ["event"] = "app_deauthorized", ["payload"] = new JsonObject { ["user_id"] = "zOwner", ["client_id"] = "s2s-client-id" } });

        await FirstAsync(Operators, "app_deauthorized");
        await Wait.ForAsync("the attention", async () =>
        {
            var health = await Answer.OfAsync(await _app.Http.GetAsync(new Uri("health", UriKind.Relative), Cancellation));
            return health.Text.Contains("zoom-app", StringComparison.Ordinal) ? "" : null;
        });
        // Another test may have had it in trail and health before.
        await Wait.ForAsync("the alert", () => Task.FromResult(_app.Logs.Alerts().FirstOrDefault(alert => alert == "app-deauthorized -")));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 4)]
    [InlineData(6, 8)]
    [InlineData(14, 16)]
    [InlineData(62, 58)]
    [InlineData(-5, 2)]
    public void An_event_waits_for_its_owner_longer_each_time(int waited, int next) =>
        Assert.Equal(TimeSpan.FromSeconds(next), AuditEventProcessor.PauseAfter(TimeSpan.FromSeconds(waited)));

    private static JsonObject Event(string name, JsonObject about, string? @operator = null)
    {
        var payload = new JsonObject { ["object"] = about };
        if (@operator is not null)
        {
            (payload["operator"], payload["operator_id"]) = (@operator, "zOperator");
        }

        return new JsonObject { ["event"] = name, ["payload"] = payload };
    }

    /// <summary>Whose a sample is, as its words say.</summary>
    private string Expected(JsonObject sample, bool isOurs, IReadOnlyCollection<string> ids)
    {
        var (name, payload) = ((string)sample["event"]!, sample["payload"]!.AsObject());
        if (name.StartsWith("account.", StringComparison.Ordinal) || name == "app_deauthorized")
        {
            return Operators;
        }

        var about = payload["object"] as JsonObject;
        string?[] addresses = [.. Addresses.Select(member => about?[member]?.ToString()), payload["operator"]?.ToString()];
        string?[] people =
        [
            .. Hosts.Select(member => about?[member]?.ToString()),
            name.StartsWith("user.", StringComparison.Ordinal) ? about?["id"]?.ToString() : null,
            payload["operator"] is null ? payload["operator_id"]?.ToString() : null,
        ];
        var text = sample.ToJsonString();
        var isTheMeetings = (isOurs && text.Contains($"{_number}", StringComparison.Ordinal))
            || text.Contains(_uuid.Replace("+", "\\u002B", StringComparison.Ordinal), StringComparison.Ordinal);
        return isTheMeetings || addresses.Any(address => address?.EndsWith(Domain, StringComparison.Ordinal) == true) || people.Any(ids.Contains)
            ? One
            : Unassigned;
    }

    /// <summary>What is in the trails of this run, by the time that its events have.</summary>
    private async Task<List<string>> RecordedAsync()
    {
        var recorded = new List<string>();
        foreach (var organization in (string[])[One, Operators, Unassigned])
        {
            var lines = (await _app.As(Accounts.Olive).GetAsync(
                $"audit?organization={organization}&source=zoom&from={Uri.EscapeDataString(_begun.ToString("O"))}", ("Accept", "application/x-ndjson"))).Text;
            recorded.AddRange(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
                .Where(record => record["action"] is not null && (DateTimeOffset?)record["occurredAt"] == _begun)
                .Select(record => $"{organization} {record["action"]}"));
        }

        return [.. recorded.Order(StringComparer.Ordinal)];
    }

    /// <summary>Zoom's id of a person of the first organisation's.</summary>
    private async Task<string> IdOfAsync(string person) => (string)(await _zoom.CallAsync(HttpMethod.Get, $"users/{person}@{Domain}"))!["id"]!;

    private async Task<JsonNode> FirstAsync(string organization, string action) =>
        await Wait.ForAsync($"{action} in {organization}", async () => (await ReadAsync(organization, action)).FirstOrDefault());

    private async Task<JsonArray> ReadAsync(string organization, string action) =>
        (await _app.As(Accounts.Olive).GetAsync($"audit?organization={organization}&action={action}")).Json["records"]!.AsArray();

    private Task RegisterAsync(string organization, long number) => _app.Services.GetRequiredService<MeetingRegistry>().AddAsync(
        new RegisteredMeeting(organization, MeetingNumber.From(number)!.Value, Cloud.ZoomAccountId, new MeetingSnapshot { Topic = "Planning", HostEmail = _alice.Email }),
        DateTimeOffset.UtcNow,
        Cancellation);

    private Task TellUuidAsync(long number, string uuid, string? organization = null) =>
        _app.Services.GetRequiredService<MeetingUuids>().AddAsync(Cloud.ZoomAccountId, uuid, new MeetingInstance(MeetingNumber.From(number)!.Value, organization), Cancellation);

    private Task SendAsync(JsonObject webhook) => SignedWebhook.DeliverAsync(_app, webhook, own.Cloud.Secrets["zoom-webhook-secret"]);
}
