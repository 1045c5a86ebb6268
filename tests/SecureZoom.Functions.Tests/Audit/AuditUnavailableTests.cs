using System.Net;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>What cannot be recorded does not happen.</summary>
public sealed class AuditUnavailableTests(QuietCloud quiet) : IAsyncLifetime
{
    /// <summary>Much longer than it may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Trouble _trouble = new();
    private OwnZoom _zoom = null!;
    private App _app = null!;

    public static TheoryData<string> Kinds => ["refuses", "hangs", "loses its answer"];

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings, services => services.AddSingleton(_ => Queue()));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_a_record_there_is_no_signature(string kind)
    {
        var number = (await _app.As(Accounts.Carol).PostAsync("meetings", new JsonObject { ["topic"] = "Kept" })).Json["id"]!.GetValue<long>();
        _trouble.Kind = kind;
        var answer = await _app.As(Accounts.Carol).PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("audit_unavailable", answer.Code);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.DoesNotContain("eyJ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zak", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_its_intent_on_record_no_meeting_is_created_at_Zoom(string kind)
    {
        _trouble.Kind = kind;
        var answer = await _app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Never" });

        Assert.Equal("audit_unavailable", answer.Code);
        Assert.DoesNotContain(_zoom.Zoom.Requests.All, request => request.Path.StartsWith("/v2/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("audit/verification")]
    [InlineData("audit/summary")]
    [InlineData("audit/checkpoints")]
    [InlineData("audit/findings")]
    public async Task Without_a_record_of_it_nobody_reads_the_trail(string path)
    {
        _trouble.Kind = "refuses";
        Assert.Equal("audit_unavailable", (await _app.As(Accounts.Audrey).GetAsync(path)).Code);
    }

    [Fact]
    public async Task A_webhook_that_is_not_durable_is_a_503_so_that_Zoom_sends_it_again()
    {
        _trouble.Kind = "hangs";
        using var request = SignedWebhook.Request("""{"event":"meeting.started"}"""u8.ToArray(), quiet.Cloud.Secrets["zoom-webhook-secret"]);
        using var response = await _app.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task A_queue_that_hangs_is_waited_for_two_seconds_once()
    {
        var time = new FakeTimeProvider();
        _trouble.Kind = "hangs";
        var log = new AuditRecorder(Queue(), quiet.Cloud.SecretStore(), time, NullLogger<AuditRecorder>.Instance);
        var recording = log.RecordAsync(Story.Event(), TestContext.Current.CancellationToken);
        await _trouble.Met;

        time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(1));
        Assert.False(recording.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<AuditUnavailableException>(() => recording.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(1, _trouble.Count);
    }

    private QueueClient Queue()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64, Retry = { MaxRetries = 0 } };
        options.AddPolicy(_trouble, HttpPipelinePosition.PerCall);
        return new QueueClient(quiet.Cloud.Storage.ConnectionString, AuditRecorder.QueueName, options);
    }

    /// <summary>What goes wrong on the way to the queue.</summary>
    private sealed class Trouble : HttpPipelinePolicy
    {
        private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public string? Kind { get; set; }

        /// <summary>Ends when the first attempt has run into it.</summary>
        public Task Met => _met.Task;

        /// <summary>How many attempts were made.</summary>
        public int Count => _count;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            Interlocked.Increment(ref _count);
            _met.TrySetResult();
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
