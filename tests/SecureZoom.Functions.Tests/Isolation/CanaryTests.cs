using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Isolation;

/// <summary>Every call with marked values at Trace level: none of them in logs, spans, metrics or errors, no secret in queue or table.</summary>
public sealed class CanaryTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private const string Organization = "org_canary";

    private static readonly string[] Opening =
        ["access_token", "token", "password", "encrypted_password", "start_url", "join_url", "download_url", "play_url", "share_url"];

    private static readonly Account Host = Accounts.Alice.In(Organization).As("zoom-admins");
    private static readonly Account Guest =
        new("canary.guest@org-canary-guests.test", "Greta Guest", "org_canary_guests", "Canary Guests", "Partners", "contractors");

    private readonly ConcurrentQueue<string> _zoomAnswers = new();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly List<Answer> _answers = [];
    private readonly List<(string Name, string Value)> _secrets = [];
    private readonly StorageTap _storage = new();
    private readonly Activity _root = new("canary");
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private ActivityListener _listener = null!;
    private Measurements _measured = null!;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(queues.Cloud);
        _app = await App.StartAsync(queues.Cloud, _zoom.Settings, services =>
        {
            _storage.Tap(services, queues.Cloud);
            services.ConfigureHttpClientDefaults(clients => clients.AddHttpMessageHandler(() => new Eavesdropper(_zoomAnswers)));
        });
        _measured = new Measurements(_app);
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        _measured.Dispose();
        _root.Dispose();
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_marked_is_found_and_what_is_planted_is()
    {
        _root.Start();
        var number = await PlayAsync();
        _root.Stop();
        await Wait.ForAsync("the trail", async () =>
            (await _app.As(Host).GetAsync($"audit?meeting={number}&action=meeting.deleted")).Json["records"]!.AsArray().FirstOrDefault());
        Collect();
        Assert.Contains(_secrets, secret => secret.Name == "start_url");
        Assert.Contains(_secrets, secret => secret.Name == "access_token");

        var everything = new LeakScanner([.. _secrets, .. Addresses()]);
        Assert.Empty(everything.Find(_app.Logs.Entries));
        Assert.Empty(everything.Find(Spans()));
        Assert.Empty(everything.Find(_measured.Texts));
        Assert.Empty(everything.Find(Problems()));
        var kept = new LeakScanner(_secrets);
        Assert.Empty(kept.Find(_storage.Bodies));
        Assert.Contains(_app.Logs.Entries, entry => entry.StartsWith("Trace", StringComparison.Ordinal));
        Assert.NotEmpty(Spans());
        Assert.NotEmpty(_measured.Texts);
        Assert.NotEmpty(Problems());
        Assert.NotEmpty(new LeakScanner(Addresses()).Find(_storage.Bodies));

        await PlantAsync(_secrets.Last(secret => secret.Name == "password").Value);
        Assert.NotEmpty(everything.Find(_app.Logs.Entries));
        Assert.NotEmpty(everything.Find(Spans()));
        Assert.NotEmpty(kept.Find(_storage.Bodies));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("x{0}y")]
    public void The_scanner_finds_every_form(string frame)
    {
        const string Mark = "pass+word/42=é";
        var scanner = new LeakScanner([("mark", Mark)]);
        var framed = string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, Mark);
        string[] forms =
        [
            framed,
            Uri.EscapeDataString(framed),
            new JsonObject { ["it"] = framed }.ToJsonString(),
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(framed)),
            System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(framed)),
            Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["it"] = framed }.ToJsonString())),
        ];
        Assert.All(forms, form => Assert.NotEmpty(scanner.Find([form])));
        Assert.Empty(scanner.Find(["pass", "word", "42"]));
    }

    private async Task<long> PlayAsync()
    {
        var (host, guest) = (_app.As(Host), _app.As(Guest));
        _secrets.AddRange(queues.Cloud.Secrets.Select(secret => (secret.Key, secret.Value)));
        _secrets.Add(("the host's token", host.Token));
        _secrets.Add(("the guest's token", guest.Token));

        var created = await KeepAsync(host.PostAsync("meetings", new JsonObject { ["topic"] = "Canary" }));
        await KeepAsync(host.PostAsync("meetings", new JsonObject { ["topic"] = "Canary two" }));
        var number = (long)created.Json["id"]!;
        var list = await KeepAsync(host.GetAsync("meetings?pageSize=1"));
        _secrets.Add(("the cursor", (string)list.Json["cursor"]!));
        await KeepAsync(host.GetAsync($"meetings?cursor={(string)list.Json["cursor"]!}"));
        await KeepAsync(host.GetAsync($"meetings/{number}"));
        await KeepAsync(host.PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "Canary still" }));
        await _zoom.LetAsync("record", $"{number}");
        await KeepAsync(host.GetAsync($"meetings/{number}/recordings"));
        await KeepAsync(host.PostAsync($"meetings/{number}/end"));
        var signed = await KeepAsync(host.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 }));
        _secrets.Add(("the signature", (string)signed.Json["signature"]!));
        _secrets.Add(("the ZAK", (string)signed.Json["zak"]!));
        foreach (var email in (string[])[Guest.Email, "canary.invited@globex.example"])
        {
            var invited = await KeepAsync(host.PostAsync($"meetings/{number}/invitations", new JsonObject { ["email"] = email }));
            var invitation = (string)invited.Json["invitation"]!;
            _secrets.Add(("an invitation", invitation));
            await KeepAsync(guest.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["invitation"] = invitation }));
            await KeepAsync(guest.GetAsync($"meetings/{number}", ("Meeting-Invitation", invitation)));
        }

        await KeepAsync(host.GetAsync("me"));
        await KeepAsync(host.GetAsync("health"));
        await KeepAsync(host.GetAsync("docs"));
        await KeepAsync(host.GetAsync("openapi.json"));
        await KeepAsync(host.GetAsync("audit?person=canary.actor%40acme.example"));
        await SendWebhookAsync(number);
        await FailAsync(host, guest, number);
        await KeepAsync(host.DeleteAsync($"meetings/{number}"));
        return number;
    }

    /// <summary>What goes wrong tells more than what goes well.</summary>
    private async Task FailAsync(Person host, Person guest, long number)
    {
        await KeepAsync(guest.GetAsync($"meetings/{number}"));
        await KeepAsync(new Person(_app.Http, host.Token + "x").GetAsync("me"));
        await KeepAsync(host.GetAsync($"meetings?cursor={guest.Token}"));
        await KeepAsync(host.GetAsync($"me?access_token={host.Token}"));
        await KeepAsync(host.GetAsync($"meetings?canary.actor%40acme.example={guest.Token}"));
        await KeepAsync(host.PostAsync("meetings", new JsonObject { ["topic"] = "T", ["host"] = "canary.host@org-canary.test" }));
        await KeepAsync(host.PostAsync("meetings", new JsonObject { ["topic"] = "T", ["start_time"] = "canary.actor@acme.example" }));
        await KeepAsync(host.PostAsync("meetings", new JsonObject { ["topic"] = "T", ["settings"] = new JsonObject { ["alternative_hosts"] = "canary.host@org-canary.test" } }));
        await KeepAsync(host.PostAsync("signature", new JsonObject { ["meetingNumber"] = "canary.actor@acme.example" }));
        await KeepAsync(host.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["invitation"] = guest.Token }));
        foreach (var status in (int[])[500, 429, 400, 401])
        {
            _zoom.Zoom.Faults.Add(new Fault("/v2/", status, Times: 3));
            await KeepAsync(host.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 }));
            _zoom.Zoom.Faults.Clear();
            _zoom.Zoom.Faults.Add(new Fault("/v2/", status, Times: 3));
            await KeepAsync(host.PostAsync("meetings", new JsonObject { ["topic"] = "T" }));
            _zoom.Zoom.Faults.Clear();
        }
    }

    private async Task SendWebhookAsync(long number)
    {
        var webhook = new JsonObject
        {
            ["event"] = "meeting.participant_joined",
            ["payload"] = new JsonObject
            {
                ["object"] = new JsonObject
                {
                    ["id"] = $"{number}",
                    ["password"] = "canary-passcode-in-event",
                    ["join_url"] = "https://us05web.zoom.us/j/canary-address-in-event",
                    ["participant"] = new JsonObject { ["user_name"] = "Greta", ["email"] = "canary.participant@globex.example" },
                },
            },
            ["download_token"] = "canary-download-token-in-event",
        };
        _secrets.Add(("an event's passcode", "canary-passcode-in-event"));
        _secrets.Add(("an event's address", "canary-address-in-event"));
        _secrets.Add(("an event's token", "canary-download-token-in-event"));
        await _zoom.Zoom.WhenDeliveredAsync();
        _zoom.TellTo(_app);
        await _zoom.Zoom.DeliverAsync(webhook);
        _zoom.Zoom.WebhookTarget = null;
        using var unsigned = JsonContent.Create(webhook);
        _answers.Add(await Answer.OfAsync(await _app.Http.PostAsync(
            new Uri("webhook", UriKind.Relative), unsigned, TestContext.Current.CancellationToken)));
    }

    /// <summary>What Zoom told the app and nobody else may know.</summary>
    private void Collect()
    {
        foreach (var answer in _zoomAnswers.Where(answer => answer.StartsWith('{')))
        {
            foreach (var (name, value) in Members(JsonNode.Parse(answer)))
            {
                if (Opening.Contains(name) && value.Length >= 8)
                {
                    _secrets.Add((name, value));
                }
            }
        }
    }

    private async Task PlantAsync(string secret)
    {
        _app.Services.GetRequiredService<ILogger<CanaryTests>>().LogPlanted(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"a{secret}")));
        using (var span = new Activity("planted").SetParentId(_root.TraceId, _root.SpanId))
        {
            _spans.Enqueue(span.SetTag("url.full", $"https://zoom.example/?pwd={Uri.EscapeDataString(secret)}").Start());
        }

        await _app.Services.GetRequiredService<AuditRecorder>().RecordAsync(
            new AuditEvent
            {
                Id = Guid.NewGuid().ToString("N"),
                OccurredAt = DateTimeOffset.UtcNow,
                ReceivedAt = DateTimeOffset.UtcNow,
                Organization = Organization,
                Actor = new AuditActor { Type = "system" },
                Action = AuditActions.MeetingCreated,
                Outcome = "success",
                Source = "app",
                Details = new JsonObject { ["secret"] = secret },
            },
            TestContext.Current.CancellationToken);
    }

    private async Task<Answer> KeepAsync(Task<Answer> call)
    {
        var answer = await call;
        _answers.Add(answer);
        return answer;
    }

    private IEnumerable<string> Problems() =>
        _answers.Where(answer => answer.Status >= HttpStatusCode.BadRequest).Select(answer => $"{answer.Headers} {answer.Text}");

    private IEnumerable<string> Spans() => _spans.Where(span => span.TraceId == _root.TraceId).Select(span =>
        $"{span.OperationName} {span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects)} {string.Join(' ', span.Baggage)} "
        + string.Join(' ', span.Events.Select(one => $"{one.Name} {string.Join(' ', one.Tags)}")));

    private static IEnumerable<(string Name, string Value)> Addresses()
    {
        string[] addresses =
        [
            Host.Email, Guest.Email, "canary.invited@globex.example", "canary.actor@acme.example", "canary.host@org-canary.test",
            "canary.participant@globex.example",
        ];
        return addresses.Select(address => (address, address));
    }

    private static IEnumerable<(string Name, string Value)> Members(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Value is JsonValue value
            ? [(member.Key, value.ToString())]
            : Members(member.Value)),
        JsonArray items => items.SelectMany(Members),
        _ => [],
    };
}

/// <summary>What is planted.</summary>
internal static partial class CanaryLog
{
    [LoggerMessage(LogLevel.Information, "Planted: {Secret}")]
    public static partial void LogPlanted(this ILogger logger, string secret);
}
