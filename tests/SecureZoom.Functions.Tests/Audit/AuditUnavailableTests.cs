using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What cannot be recorded does not happen.</summary>
public sealed class AuditUnavailableTests(Cloud cloud) : IAsyncLifetime
{
    private readonly Trouble _trouble = new();
    private App _app = null!;

    public static TheoryData<string> Kinds => ["refuses", "hangs", "loses its answer"];

    public async ValueTask InitializeAsync()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64, Retry = { MaxRetries = 0 } };
        options.AddPolicy(_trouble, HttpPipelinePosition.PerCall);
        _app = await App.StartAsync(cloud, services: services =>
            services.AddSingleton(_ => new QueueClient(cloud.Storage.ConnectionString, AuditLog.QueueName, options)));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_a_record_there_is_no_signature_within_three_seconds(string kind)
    {
        var number = (await _app.As(Accounts.Carol).PostAsync("meetings", new JsonObject { ["topic"] = "Kept" })).Json["id"]!.GetValue<long>();
        _trouble.Kind = kind;
        var watch = Stopwatch.StartNew();
        var answer = await _app.As(Accounts.Carol).PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("audit_unavailable", answer.Code);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.DoesNotContain("eyJ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zak", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_its_intent_on_record_no_meeting_is_created_at_Zoom(string kind)
    {
        var before = cloud.Zoom.Requests.All.Count(request => request.Method == "POST" && request.Path.EndsWith("/meetings", StringComparison.Ordinal));
        _trouble.Kind = kind;
        var answer = await _app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Never" });

        Assert.Equal("audit_unavailable", answer.Code);
        Assert.Equal(
            before,
            cloud.Zoom.Requests.All.Count(request => request.Method == "POST" && request.Path.EndsWith("/meetings", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_webhook_that_is_not_durable_is_a_503_so_that_Zoom_sends_it_again()
    {
        _trouble.Kind = "hangs";
        using var request = SignedWebhook.Request("""{"event":"meeting.started"}"""u8.ToArray(), cloud.Secrets["zoom-webhook-secret"]);
        var watch = Stopwatch.StartNew();
        using var response = await _app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    /// <summary>What goes wrong on the way to the queue.</summary>
    private sealed class Trouble : HttpPipelinePolicy
    {
        public string? Kind { get; set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            switch (Kind)
            {
                case "refuses":
                    throw new Azure.RequestFailedException(503, "Server busy.");
                case "hangs":
                    await Task.Delay(Timeout.Infinite, message.CancellationToken);
                    break;
                case "loses its answer":
                    await ProcessNextAsync(message, pipeline);
                    throw new Azure.RequestFailedException("The connection was closed.");
                default:
                    await ProcessNextAsync(message, pipeline);
                    break;
            }
        }
    }
}
