using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Meetings;

/// <summary>An organisation of its own with its meetings at a Zoom of its own, both on a clock that can be put on by weeks.</summary>
internal sealed class SeriesBench : IAsyncDisposable
{
    private const int Weeks = 60 * 24 * 3600;

    private SeriesBench(OwnZoom zoom, App app, AdjustableTime time) => (Zoom, App, Time) = (zoom, app, time);

    public Account Host { get; } = Accounts.Alice.In($"org_series_{Guid.NewGuid():N}");

    public OwnZoom Zoom { get; }

    public App App { get; }

    public AdjustableTime Time { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public Person Alice => As(Host);

    public static async Task<SeriesBench> StartAsync(Cloud cloud, Action<IServiceCollection>? services = null)
    {
        var time = new AdjustableTime();
        var zoom = await OwnZoom.StartAsync(cloud, options => options with { Time = time });
        var settings = new Dictionary<string, string?>(zoom.Settings) { ["Identity:MaxTokenLifetime"] = "99.00:00:00" };
        var app = await App.StartAsync(cloud, settings, all =>
        {
            services?.Invoke(all);
            all.AddSingleton<TimeProvider>(time);
        });
        return new SeriesBench(zoom, app, time);
    }

    /// <summary>A colleague, with a token that outlasts the test's weeks.</summary>
    public Person As(Account account) => App.As(account.In(Host.OrganizationId!), new TokenOverrides(ExpiresIn: Weeks));

    /// <summary>A series that begins at a time to the minute.</summary>
    public async Task<JsonObject> CreateAsync(DateTimeOffset start, string recurrence, int minutes = 60, string topic = "Series", string timezone = "UTC")
    {
        var created = await Alice.PostAsync("meetings", new JsonObject
        {
            ["topic"] = topic,
            ["type"] = 8,
            ["start_time"] = Text(start),
            ["timezone"] = timezone,
            ["duration"] = minutes,
            ["recurrence"] = JsonNode.Parse(recurrence),
        });
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        return created.Json;
    }

    /// <summary>A single meeting of an hour.</summary>
    public Task<Answer> PlanAsync(string topic, DateTimeOffset start) =>
        Alice.PostAsync("meetings", new JsonObject { ["topic"] = topic, ["start_time"] = Text(start), ["duration"] = 60 });

    public async Task<JsonObject> ReadAsync(JsonNode number) => (await Alice.GetAsync($"meetings/{number}")).Json;

    public async Task<JsonObject?> ListedAsync(JsonNode number, string when) =>
        (JsonObject?)(await Alice.GetAsync($"meetings?when={when}")).Json["meetings"]!.AsArray().SingleOrDefault(meeting => $"{meeting!["id"]}" == $"{number}");

    public async Task<string> TopicsAsync(string query) =>
        string.Join(", ", (await Alice.GetAsync($"meetings?{query}")).Json["meetings"]!.AsArray().Select(meeting => (string?)meeting!["topic"]));

    public Task FollowAsync(string action, JsonNode number, JsonObject? details = null) =>
        ProjectionOf.FollowAsync(App, Host, action, $"{number}", Now, details);

    public static DateTimeOffset Minute(DateTimeOffset time) => new(time.Year, time.Month, time.Day, time.Hour, time.Minute, 0, TimeSpan.Zero);

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Zoom.DisposeAsync();
    }
}
