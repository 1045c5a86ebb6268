using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Tests.Storage;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Telemetry;

/// <summary>How much a call leaves in the logs, which Azure bills by the byte, is what <c>tests/vectors/operations.json</c> says.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class LogVolumeTests(QueueCloud queues) : IClassFixture<QueueCloud>, IAsyncLifetime
{
    private const int Calls = 20;

    private readonly Ingestion _ingestion = new();
    private App _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var (name, value) = Ingestion.Setting;
        // As host.json has them.
        var settings = new Dictionary<string, string?>
        {
            [name] = value,
            ["Logging:LogLevel:Default"] = "Information",
            ["Logging:LogLevel:Azure.Core"] = "Warning",
            ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        };
        _app = await App.StartAsync(queues.Cloud, settings, _ingestion.Take);
        queues.Cloud.Zoom.WebhookTarget = new Uri(_app.Http.BaseAddress!, "webhook");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("join in one call")]
    [InlineData("webhook")]
    public async Task A_call_leaves_as_many_bytes_as_the_list_says(string what)
    {
        var number = (await _app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Logged" })).Json["id"]!;
        Func<Task> act = what switch
        {
            "webhook" => () => DeliverAsync(number),
            _ => () => JoinAsync(number),
        };
        // The first reads secrets and keys.
        await act();
        await FlushAsync();
        _ingestion.Items.Clear();
        for (var call = 0; call < Calls; call++)
        {
            await act();
        }

        await FlushAsync();
        var bytes = _ingestion.Items.Sum(item => Encoding.UTF8.GetByteCount(item.ToJsonString())) / Calls;
        TestContext.Current.TestOutputHelper!.WriteLine($"{what}: {bytes} bytes, {_ingestion.Items.Count / Calls} items");
        var listed = (int)OperationsList.Part("log bytes")[what]!;
        Assert.InRange(bytes, listed * 3 / 4, listed);
    }

    private async Task JoinAsync(JsonNode number)
    {
        var signed = await _app.As(Accounts.Bob).PostAsync("signature", new JsonObject { ["meetingNumber"] = number.DeepClone(), ["include"] = "meeting" });
        Assert.Equal(HttpStatusCode.OK, signed.Status);
    }

    private async Task DeliverAsync(JsonNode number)
    {
        var webhook = new JsonObject
        {
            ["event"] = "meeting.participant_joined",
            ["payload"] = new JsonObject { ["object"] = new JsonObject { ["id"] = $"{number}", ["uuid"] = Guid.NewGuid().ToString() } },
        };
        Assert.Equal((int)HttpStatusCode.OK, await queues.Cloud.Zoom.SendAsync(webhook, Cancellation));
    }

    /// <summary>Waits until all is in the trail, whose part a call has in the logs, and until it is sent.</summary>
    private async Task FlushAsync()
    {
        await queues.Cloud.Zoom.WhenDeliveredAsync();
        var queue = new QueueClient(queues.Cloud.Storage.ConnectionString, AuditRecorder.QueueName);
        await Wait.ForAsync("the queue to be empty", async () => (await queue.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount == 0 ? "" : null);
        Assert.True(_app.Services.GetRequiredService<LoggerProvider>().ForceFlush());
        Assert.True(_app.Services.GetRequiredService<TracerProvider>().ForceFlush());
    }
}
