using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Telemetry;

/// <summary>The workbook's queries, run over what the app really measured and wrote.</summary>
[Collection(OwnCloud.Name)]
public sealed class WorkbookQueriesTests(OwnCloud own) : IAsyncLifetime
{
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private Measurements _measured = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(own.Cloud);
        _app = await App.StartAsync(own.Cloud, _zoom.Settings);
        _measured = new Measurements(_app);
    }

    public async ValueTask DisposeAsync()
    {
        _measured.Dispose();
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task Refusals_are_shown_by_code()
    {
        using var answer = await _app.Http.GetAsync("audit", Cancellation);
        using var again = await _app.Http.GetAsync("audit", Cancellation);
        Assert.Equal(["2 missing_token"], Show("refusals", "Refusals", "Code"));
    }

    [Fact]
    public async Task Signatures_are_shown_by_role()
    {
        var number = (long)(await _app.As(Accounts.Carol).PostAsync("meetings", new JsonObject { ["topic"] = "Measured" })).Json["id"]!;
        foreach (var person in (Account[])[Accounts.Carol, Accounts.Bob, Accounts.Bob])
        {
            await _app.As(person).PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 });
        }

        Assert.Equal(["1 1", "2 0"], Show("signatures", "Signatures", "Role"));
    }

    [Fact]
    public async Task The_ways_of_an_event_from_Zoom_and_to_the_trail_are_shown_with_their_mean_and_the_longest()
    {
        foreach (var seconds in (int[])[90, 110])
        {
            var sentAt = DateTimeOffset.UtcNow.AddSeconds(-seconds);
            var body = Encoding.UTF8.GetBytes($$"""{"event":"metrics.event","event_ts":{{sentAt.ToUnixTimeMilliseconds()}},"payload":{"object":{} } }""");
            using var request = SignedWebhook.Request(body, own.Cloud.Secrets["zoom-webhook-secret"]);
            using var response = await _app.Http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        await Wait.ForAsync("its place in the trail", () => Task.FromResult(_measured.Texts.FirstOrDefault(text => text == "securezoom.queue.age source=zoom")));
        var lags = _measured.Of("securezoom.webhook.lag");
        Assert.Equal(2, lags.Count);
        Assert.Equal([Text(lags.Average(), lags.Max())], Show("webhook-lag", "Mean", "Longest"));
        var row = Assert.Single(Workbook.Show("queue-age", Metrics(), DateTimeOffset.UtcNow));
        Assert.True((double)row["Mean"]! > 0 && (double)row["Longest"]! >= (double)row["Mean"]!);
    }

    [Fact]
    public async Task The_age_of_each_organisation_s_newest_checkpoint_is_shown_the_oldest_first()
    {
        var time = new AdjustableTime();
        using var bench = new TrailBench(own.Cloud, time);
        var (early, late) = (Story.NewOrganization(), Story.NewOrganization());
        foreach (var organization in (string[])[early, late])
        {
            await bench.AppendAsync(organization, Story.Events(1));
            Assert.True(await bench.SignAsync(organization));
            time.Advance(TimeSpan.FromMinutes(20));
        }

        var tables = bench.Logs.Lines.GroupBy(line => line.Table).ToDictionary(table => table.Key, table => table.Select(line => line.Row).ToList());
        var shown = Workbook.Show("checkpoint-age", tables, time.GetUtcNow());
        Assert.Equal([(early, 40d), (late, 20d)], shown.Select(row => ((string)row["Organization"]!, (double)row["Minutes"]!)).Where(row => row.Item1 == early || row.Item1 == late));
    }

    /// <summary>What the host and Azure write, as it is documented.</summary>
    [Fact]
    public void Costs_are_shown_by_table_and_by_function()
    {
        var now = DateTimeOffset.UtcNow;
        Dictionary<string, object?> Usage(string type, double megabytes, bool billable) => new()
        {
            ["TimeGenerated"] = now,
            ["DataType"] = type,
            ["Quantity"] = megabytes,
            ["IsBillable"] = billable,
        };
        Dictionary<string, object?> Request(string name, string url, double milliseconds, double count) => new()
        {
            ["TimeGenerated"] = now,
            ["Name"] = name,
            ["Url"] = url,
            ["DurationMs"] = milliseconds,
            ["ItemCount"] = count,
        };
        var tables = new Dictionary<string, List<Dictionary<string, object?>>>
        {
            ["Usage"] = [Usage("AppTraces", 1500, true), Usage("AppTraces", 500, true), Usage("Heartbeat", 9, false)],
            ["AppRequests"] = [Request("me", "https://a/api/me", 40, 3), Request("audit", "https://a/api/audit", 2500, 2), Request("audit-checkpoint", "", 9000, 1)],
        };
        Assert.Equal(["2 AppTraces"], Workbook.Show("log-volume", tables, now).Select(row => Text(row["Gigabytes"], row["DataType"])));
        Assert.Equal(["2 5 audit", "3 3 me"], Workbook.Show("calls", tables, now).Select(row => Text(row["Calls"], row["Seconds"], row["Name"])));
    }

    private IEnumerable<string> Show(string panel, params string[] columns) =>
        Workbook.Show(panel, Metrics(), DateTimeOffset.UtcNow).Select(row => Text([.. columns.Select(column => row[column])])).Order(StringComparer.Ordinal);

    /// <summary>Rows of one moment: of a panel's points there is one then.</summary>
    private Dictionary<string, List<Dictionary<string, object?>>> Metrics() => new() { ["AppMetrics"] = [.. _measured.Rows(DateTimeOffset.UtcNow)] };

    private static string Text(params object?[] values) => string.Join(' ', values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)));
}
