using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Telemetry;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Telemetry;

/// <summary>What operators see of single calls.</summary>
[Collection(OwnCloud.Name)]
public sealed class TracingTests(OwnCloud own) : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly Activity _root = new Activity("test").Start();
    private ActivityListener? _listener;

    public void Dispose()
    {
        _root.Dispose();
        _listener?.Dispose();
    }

    [Fact]
    public async Task A_record_leads_back_to_the_call_that_made_it()
    {
        Listen();
        await using var app = await App.StartAsync(own.Cloud);
        Assert.Equal(HttpStatusCode.OK, (await app.As(Accounts.Carol).GetAsync("audit", ("Accept", "application/x-ndjson"))).Status);

        var export = await SpanAsync(span => span.OperationName == "AuditRecorder.Send" && span.TraceId == _root.TraceId);
        var append = await SpanAsync(span => span.OperationName == "audit-append" && span.Links.Any(link => link.Context.TraceId == _root.TraceId));
        Assert.Equal(ActivityKind.Consumer, append.Kind);
        Assert.Equal(export.SpanId, Assert.Single(append.Links).Context.SpanId);
    }

    [Theory]
    [InlineData("meetings/85746382910", ActivityStatusCode.Unset, "securezoom.refusal", "meeting_not_found")]
    [InlineData("meetings?pageSize=0", ActivityStatusCode.Unset, "securezoom.refusal", "invalid_request")]
    public async Task A_refusal_is_no_error(string path, ActivityStatusCode status, string tag, string code)
    {
        Listen();
        await using var app = await App.StartAsync(own.Cloud);
        Assert.Equal(code, (await app.As(Accounts.Carol).GetAsync(path)).Code);

        var span = await SpanAsync(span => span.Kind == ActivityKind.Server && span.TraceId == _root.TraceId);
        Assert.Equal(status, span.Status);
        Assert.Equal(code, span.GetTagItem(tag));
    }

    [Fact]
    public async Task What_is_ours_to_mend_is_an_error_without_the_message_of_an_exception()
    {
        Listen();
        await using var zoom = await OwnZoom.StartAsync(own.Cloud);
        await using var app = await App.StartAsync(own.Cloud, zoom.Settings);
        zoom.Zoom.Faults.Add(new Sandbox.Hosting.Fault("/oauth/token", 500));
        var answer = await app.As(Accounts.Carol).PostAsync("meetings", new System.Text.Json.Nodes.JsonObject { ["topic"] = "Never" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);

        var call = await SpanAsync(span => span.Kind == ActivityKind.Server && span.TraceId == _root.TraceId);
        var fetch = await SpanAsync(span => span.OperationName == "ZoomTokens.Fetch" && span.TraceId == _root.TraceId);
        Assert.All([call, fetch], span =>
        {
            Assert.Equal(ActivityStatusCode.Error, span.Status);
            Assert.Null(span.StatusDescription);
            Assert.NotNull(span.GetTagItem("error.type"));
            Assert.Empty(span.Events);
        });
    }

    [Fact]
    public async Task A_collector_gets_spans_metrics_and_logs_even_of_callers_who_ask_for_none()
    {
        await using var collector = await Collector.StartAsync();
        var settings = new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.AbsoluteUri,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
        await using (var app = await App.StartAsync(own.Cloud, settings))
        {
            await app.As(Accounts.Carol).GetAsync("meetings/85746382910");
        }

        // An app that has stopped has sent everything.
        Assert.Contains("meetings-get", collector.Text("traces"), StringComparison.Ordinal);
        Assert.Contains("IssuerKeys.Fetch", collector.Text("traces"), StringComparison.Ordinal);
        // One span a call, and it is ours.
        Assert.DoesNotContain("Microsoft.Azure.Functions.Worker", collector.Text("traces"), StringComparison.Ordinal);
        // The framework's lines about each answer.
        Assert.DoesNotContain("Microsoft.AspNetCore.Http.Result", collector.Text("logs"), StringComparison.Ordinal);
        Assert.Contains("securezoom.refusals", collector.Text("metrics"), StringComparison.Ordinal);
        Assert.Contains("meeting_not_found", collector.Text("metrics"), StringComparison.Ordinal);
        Assert.Contains("meeting_not_found", collector.Text("logs"), StringComparison.Ordinal);
        Assert.All(
            ["traces", "metrics", "logs"],
            signal => Assert.DoesNotContain("carol", collector.Text(signal), StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "0af7651916cd43dd8448eb211c80319c")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", "0af7651916cd43dd8448eb211c80319c")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01", null)]
    [InlineData("0af7651916cd43dd8448eb211c80319c", null)]
    [InlineData(null, null)]
    public async Task An_answer_and_its_record_name_the_caller_s_trace_or_one_of_their_own_though_nobody_listens(string? traceParent, string? trace)
    {
        _root.Stop();
        await using var app = await App.StartAsync(own.Cloud);
        (string, string)[] headers = traceParent is null ? [] : [("traceparent", traceParent)];
        var answer = await app.As(Accounts.Carol).GetAsync("meetings/85746382912", headers);

        var named = (string)answer.Json["traceId"]!;
        Assert.Matches("^[0-9a-f]{32}$", named);
        if (trace is not null)
        {
            Assert.Equal(trace, named);
        }
        else
        {
            // One of its own, and nothing of what makes no sense.
            Assert.DoesNotContain(named, $"{traceParent} 00000000000000000000000000000000", StringComparison.Ordinal);
        }

        await Wait.ForAsync("the refusal's record", async () =>
            (await app.As(Accounts.Carol).GetAsync("audit?outcome=denied")).Json["records"]!.AsArray()
                .FirstOrDefault(record => (string?)record!["client"]?["requestId"] == named));
    }

    [Fact]
    public async Task Nobody_listens_by_default()
    {
        await using var app = await App.StartAsync(own.Cloud);
        Assert.Empty(app.Services.GetServices<OpenTelemetry.Trace.TracerProvider>());
    }

    private void Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == AppTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private Task<Activity> SpanAsync(Func<Activity, bool> matches) =>
        Wait.ForAsync("a span", () => Task.FromResult(_spans.FirstOrDefault(matches)));
}
