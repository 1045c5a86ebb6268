using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Polly;
using Polly.Retry;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>Signs webhooks and delivers them: one after the other in the background, or one at once.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    // Zoom escapes some characters and others not; here an emoji travels as it is.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ZoomStandInOptions _options;
    private readonly ResiliencePipeline<int> _delivery;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Channel<(byte[] Body, TaskCompletionSource Done)> _queue =
        Channel.CreateUnbounded<(byte[], TaskCompletionSource)>();

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;
    private volatile Task _lastQueued = Task.CompletedTask;

    public WebhookSender(ZoomStandInOptions options)
    {
        _options = options;
        Target = options.WebhookTarget;
        _delivery = Again(options);
        _worker = DeliverQueueAsync();
    }

    /// <summary>Where webhooks go; null for nowhere.</summary>
    public Uri? Target { get; set; }

    /// <summary>An event as it travels.</summary>
    public static byte[] Serialize(JsonObject webhook) => JsonSerializer.SerializeToUtf8Bytes(webhook, Json);

    /// <summary>Queues an event; waits for its end only where webhooks shall overtake the answer.</summary>
    public Task AnnounceAsync(JsonObject webhook)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _lastQueued = done.Task;
        if (!_queue.Writer.TryWrite((Serialize(webhook), done)))
        {
            done.SetResult();
        }

        return _options.WebhooksOvertake ? done.Task : Task.CompletedTask;
    }

    /// <summary>Ends when every event queued so far was accepted, refused or given up.</summary>
    public Task WhenDeliveredAsync() => _lastQueued;

    /// <summary>Delivers these bytes at once and once only, signed, with this timestamp or now.</summary>
    /// <returns>The target's status and body; status 0 when it could not be reached.</returns>
    public async Task<(int Status, string Body)> DeliverAsync(
        byte[] body,
        long? timestamp,
        CancellationToken cancellationToken)
    {
        if (Target is not { } target)
        {
            return (0, "");
        }

        var seconds = (timestamp ?? _options.Time.GetUtcNow().ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("x-zm-request-timestamp", seconds);
        request.Headers.Add("x-zm-signature", Sign(seconds, body));
        request.Headers.Add("x-zm-trackingid", $"v=2.0;clid=us05;rid=WEB_{Guid.NewGuid():n}");
        request.Headers.UserAgent.ParseAdd("Zoom Marketplace/1.0a");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return (0, "");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.Complete();
        await _stop.CancelAsync();
        await _worker;
        _stop.Dispose();
        _http.Dispose();
    }

    /// <summary>Again after each of Zoom's pauses, while nobody answers or the answer is the target's own failure.</summary>
    private ResiliencePipeline<int> Again(ZoomStandInOptions options)
    {
        var pipeline = new ResiliencePipelineBuilder<int> { TimeProvider = options.Time };
        if (options.WebhookRetries.Count > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<int>
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome is { Exception: null, Result: 0 or >= 500 } && Target is not null),
                MaxRetryAttempts = options.WebhookRetries.Count,
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(options.WebhookRetries[arguments.AttemptNumber]),
            });
        }

        return pipeline.Build();
    }

    private string Sign(string timestamp, byte[] body)
    {
        using var hmac = IncrementalHash.CreateHMAC(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(_options.WebhookSecret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        return $"v0={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }

    private async Task DeliverQueueAsync()
    {
        try
        {
            await foreach (var (body, done) in _queue.Reader.ReadAllAsync(_stop.Token))
            {
                await _delivery.ExecuteAsync(async token => (await DeliverAsync(body, timestamp: null, token)).Status, _stop.Token);
                done.TrySetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: like Zoom's own, what was not delivered by then is gone.
        }

        while (_queue.Reader.TryRead(out var left))
        {
            left.Done.TrySetResult();
        }
    }
}
