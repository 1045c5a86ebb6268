using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>A create that fails half-way leaves no meeting without an owner.</summary>
[Collection(OwnCloud.Name)]
public sealed class UnfinishedCreateTests(OwnCloud own) : IAsyncLifetime
{
    private readonly StorageTap _storage = new();
    private readonly AdjustableTime _time = new();
    private OwnZoom _zoom = null!;

    public async ValueTask InitializeAsync() => _zoom = await OwnZoom.StartAsync(own.Cloud);

    public async ValueTask DisposeAsync() => await _zoom.DisposeAsync();

    [Fact]
    public async Task A_meeting_whose_owner_cannot_be_written_down_is_deleted_again()
    {
        var alice = Accounts.Alice.In("org_undone");
        await using var app = await StartAsync();
        _storage.Fails = IsRegistryWrite;
        var created = await app.As(alice).PostAsync("meetings", new JsonObject { ["topic"] = "Undone" });
        _storage.Fails = _ => false;
        Assert.Equal("storage_unavailable", created.Code);
        Assert.Single(_zoom.Zoom.Requests.All, request => request is { Method: "DELETE", Status: 204 });
        Assert.Equal("unavailable", (string?)(await FailureAsync(app, alice))["reason"]);
        Assert.Empty((await app.As(alice).GetAsync("meetings")).Json["meetings"]!.AsArray());
    }

    [Fact]
    public async Task Where_that_fails_too_the_record_of_it_leads_to_the_owner()
    {
        var alice = Accounts.Alice.In("org_not_undone");
        await using var app = await StartAsync();
        _storage.Fails = IsRegistryWrite;
        _zoom.Zoom.Faults.Add(new Fault("/v2/meetings/", 500, Times: 3, Method: "DELETE"));
        var created = await app.As(alice).PostAsync("meetings", new JsonObject { ["topic"] = "Left over" });
        _storage.Fails = _ => false;
        Assert.Equal("storage_unavailable", created.Code);

        var failure = await FailureAsync(app, alice);
        Assert.Equal("not_undone", (string?)failure["reason"]);
        await FollowAsync(app, alice, failure);
        await FollowAsync(app, alice, failure);
        var meeting = Assert.Single((await app.As(alice).GetAsync("meetings")).Json["meetings"]!.AsArray());
        Assert.Equal((string?)failure["meeting"], $"{meeting!["id"]}");
        Assert.True((bool)meeting["permissions"]!["host"]!);

        Assert.Equal(HttpStatusCode.NoContent, (await app.As(alice).DeleteAsync($"meetings/{meeting["id"]}")).Status);
        await FollowAsync(app, alice, failure);
        Assert.Empty((await app.As(alice).GetAsync("meetings")).Json["meetings"]!.AsArray());
    }

    [Theory]
    [InlineData("zoom_unavailable")]
    [InlineData("zoom_bad_gateway")]
    public async Task A_create_whose_answer_is_lost_is_found_and_owned(string reason)
    {
        var alice = Accounts.Alice.In($"org_lost_{reason}");
        await _zoom.CallAsync(HttpMethod.Post, $"users/{alice.Email}/meetings", new JsonObject { ["topic"] = "Somebody else's" });
        await using var app = await StartAsync(() => new BrokenAnswers(reason == "zoom_unavailable" ? null : "<html>"));
        await app.As(alice).PostAsync("meetings", new JsonObject { ["topic"] = "Lost" });
        var failure = await FailureAsync(app, alice);
        Assert.Equal(reason, (string?)failure["reason"]);
        await FollowAsync(app, alice, failure);
        var meeting = Assert.Single((await app.As(alice).GetAsync("meetings")).Json["meetings"]!.AsArray());
        Assert.Equal("Lost", (string?)meeting!["topic"]);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("org_killed_alone")]
    public async Task A_create_whose_process_ends_is_found_by_Zoom_s_event_of_the_meeting(string organizations)
    {
        var alice = Accounts.Alice.In(organizations == "*" ? "org_killed" : organizations);
        await using var app = await StartAsync(settings: new() { ["Zoom:Accounts:0:Organizations"] = organizations });
        _zoom.TellTo(app);
        var (asked, killed) = (new TaskCompletionSource(), new TaskCompletionSource());
        // The create gets no further than Zoom while the test looks; to all others it is dead.
        _storage.Before = operation => IsRegistryWrite(operation) && asked.TrySetResult() ? killed.Task : Task.CompletedTask;
        var creating = app.As(alice).PostAsync("meetings", new JsonObject { ["topic"] = "Orphaned" });
        await asked.Task;
        await _zoom.CallAsync(HttpMethod.Post, $"users/{Accounts.Bob.Email}/meetings", new JsonObject { ["topic"] = "Orphaned" });
        await _zoom.CallAsync(HttpMethod.Post, $"users/{alice.Email}/meetings", new JsonObject { ["topic"] = "Not ours" });
        await _zoom.Zoom.WhenDeliveredAsync();
        _time.Advance(AuditEventProcessor.OwnerPatience);

        var meeting = await Wait.ForAsync("the meeting", async () =>
            (await app.As(alice).GetAsync("meetings")).Json["meetings"]!.AsArray().SingleOrDefault());
        Assert.Equal(("Orphaned", true), ((string?)meeting["topic"], (bool)meeting["permissions"]!["host"]!));
        await RecordAsync(app, alice, $"action=meeting.created&source=zoom&meeting={meeting["id"]}");

        killed.SetResult();
        Assert.Equal(HttpStatusCode.Created, (await creating).Status);
    }

    [Fact]
    public async Task A_change_at_Zoom_that_the_registry_misses_is_a_success_in_the_trail()
    {
        var alice = Accounts.Alice.In("org_missed");
        await using var app = await StartAsync();
        var number = (await app.As(alice).PostAsync("meetings", new JsonObject { ["topic"] = "Before" })).Json["id"]!.ToString();
        _storage.Fails = IsRegistryWrite;
        var changed = await app.As(alice).PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "After" });
        _storage.Fails = _ => false;
        Assert.Equal("storage_unavailable", changed.Code);
        await RecordAsync(app, alice, $"meeting={number}&action=meeting.updated&outcome=success");
        Assert.Equal("After", (string?)(await app.As(alice).GetAsync($"meetings/{number}")).Json["topic"]);
    }

    private static bool IsRegistryWrite(string operation) =>
        operation.Contains("/meetings", StringComparison.Ordinal) && !operation.StartsWith("GET", StringComparison.Ordinal);

    private Task<App> StartAsync(Func<DelegatingHandler>? answers = null, Dictionary<string, string?>? settings = null) => App.StartAsync(
        own.Cloud,
        new(_zoom.Settings.Concat(settings ?? [])),
        services =>
        {
            _storage.Tap(services, own.Cloud);
            services.AddSingleton<TimeProvider>(_time);
            if (answers is not null)
            {
                services.ConfigureHttpClientDefaults(clients => clients.AddHttpMessageHandler(answers));
            }
        });

    private static Task<JsonNode> FailureAsync(App app, Account account) =>
        RecordAsync(app, account, "action=meeting.create&outcome=failure");

    private static Task<JsonNode> RecordAsync(App app, Account account, string filter) => Wait.ForAsync(filter, async () =>
        (await app.As(Accounts.Audrey.In(account.OrganizationId!)).GetAsync($"audit?{filter}")).Json["records"]?.AsArray().FirstOrDefault());

    /// <summary>Hands the record over as it comes off the queue.</summary>
    private static Task FollowAsync(App app, Account account, JsonNode record) =>
        app.Services.GetRequiredService<UnfinishedCreate>().FollowAsync(
            account.OrganizationId!,
            new AuditEvent
            {
                Id = (string)record["id"]!,
                OccurredAt = (DateTimeOffset)record["occurredAt"]!,
                ReceivedAt = (DateTimeOffset)record["occurredAt"]!,
                Organization = account.OrganizationId,
                Actor = new AuditActor { Type = "user" },
                Action = (string)record["action"]!,
                Target = new AuditTarget("meeting", Name: (string?)record["target"]?["name"]),
                Meeting = (string?)record["meeting"],
                Outcome = (string)record["outcome"]!,
                Reason = (string?)record["reason"],
                Source = (string)record["source"]!,
                Details = (JsonObject?)record["details"]?.DeepClone(),
            },
            TestContext.Current.CancellationToken);

    /// <summary>Zoom does what it is asked, but nobody can read its answer to a create.</summary>
    /// <param name="instead">What comes instead; null for nothing.</param>
    private sealed class BrokenAnswers(string? instead) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/meetings", StringComparison.Ordinal))
            {
                response.Content = new StringContent(instead ?? throw new HttpRequestException("The test loses Zoom's answer."));
            }

            return response;
        }
    }
}
