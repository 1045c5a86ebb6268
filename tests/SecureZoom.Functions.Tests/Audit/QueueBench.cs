using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Health;
using SecureZoom.Functions.Intake;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>An app that takes messages by hand, instances that send them, and between the two whoever can write to the queue.</summary>
internal sealed class QueueBench : IAsyncDisposable
{
    private readonly Cloud _cloud;
    private readonly App _app;
    private readonly QueueClient _queue;

    private QueueBench(Cloud cloud, App app, StorageTap tap, AdjustableTime time)
    {
        (_cloud, _app, Tap, Time) = (cloud, app, tap, time);
        _queue = Queue($"between-{Guid.NewGuid():N}");
    }

    public StorageTap Tap { get; }

    public AdjustableTime Time { get; }

    public IEnumerable<string> Alarms => _app.Logs.Entries.Where(entry => entry.StartsWith("Critical", StringComparison.Ordinal));

    public IEnumerable<string> Alerts => _app.Logs.Alerts();

    public IEnumerable<LogLine> Lines => _app.Logs.Lines;

    public TableClient Table => new(_cloud.Storage.ConnectionString, AuditTrail.TableName);

    public NumberLedger Ledger => _app.Services.GetRequiredService<NumberLedger>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<QueueBench> StartAsync(Cloud cloud)
    {
        var (tap, time) = (new StorageTap(), new AdjustableTime());
        var app = await App.StartAsync(cloud, services: services =>
        {
            tap.Tap(services, cloud);
            services.AddSingleton<TimeProvider>(time);
        });
        var bench = new QueueBench(cloud, app, tap, time);
        await bench._queue.CreateAsync(cancellationToken: Cancellation);
        return bench;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>An instance that starts now.</summary>
    /// <param name="policy">What lies between it and the queue.</param>
    public AuditRecorder Instance(HttpPipelinePolicy? policy = null) =>
        new(Queue(_queue.Name, policy), _cloud.SecretStore(), Time, NullLogger<AuditRecorder>.Instance);

    /// <summary>Sends events, each as a message of its own.</summary>
    public async Task<IReadOnlyList<byte[]>> SendAsync(AuditRecorder instance, string organization, int count)
    {
        foreach (var auditEvent in Story.Events(count))
        {
            await instance.RecordAsync(auditEvent with { Organization = organization }, Cancellation);
        }

        return await ReceiveAsync();
    }

    /// <summary>Everything that is on its way.</summary>
    public async Task<IReadOnlyList<byte[]>> ReceiveAsync()
    {
        var messages = new List<byte[]>();
        while ((await _queue.ReceiveMessageAsync(cancellationToken: Cancellation)).Value is { } message)
        {
            messages.Add(message.Body.ToArray());
            await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancellation);
        }

        return messages;
    }

    public async Task TakeAsync(params IEnumerable<byte[]> messages)
    {
        foreach (var message in messages)
        {
            await _app.Services.GetRequiredService<MessageIntake>().TakeAsync(message, Cancellation);
        }
    }

    /// <summary>What the timer does.</summary>
    public Task SweepAsync() => _app.Services.GetRequiredService<GapSweep>().SweepAsync(Cancellation);

    /// <summary>What health wants an operator to look at.</summary>
    public async Task<IReadOnlyList<string>> AttentionAsync() => (await _app.Services.GetRequiredService<HealthCheck>().CheckAsync()).Attention ?? [];

    public Task SweepLaterAsync(TimeSpan by)
    {
        Time.Advance(by);
        return SweepAsync();
    }

    public async Task<IReadOnlyList<AuditRecord>> ReadAsync(string organization) =>
        [.. await _app.Services.GetRequiredService<AuditTrail>().ReadUpAsync(organization, 1, long.MaxValue, Cancellation)
            .Select(stored => AuditReader.Read(organization, stored)).ToListAsync(Cancellation)];

    /// <summary>What a trail says of numbers that never came.</summary>
    public async Task<string[]> GapsAsync(string organization) =>
    [
        .. (await ReadAsync(organization)).Where(record => record.Action == AuditActions.AuditGap)
            .Select(record => $"{record.Details!["first"]}-{record.Details["last"]}"),
    ];

    /// <summary>The line of a message as a list of them.</summary>
    public static byte[] List(params IEnumerable<byte[]> lines) => Encoding.UTF8.GetBytes(string.Join(AuditMessage.Separator, lines.Select(Encoding.UTF8.GetString)));

    public static EventNumber NumberOf(byte[] line) =>
        JsonNode.Parse(Encoding.UTF8.GetString(line).Split('.', 3)[2])!["number"] is { } number
            ? new((string)number["origin"]!, (string)number["stream"]!, (long)number["number"]!, (DateTimeOffset)number["at"]!, (long)number["gaveUp"]!)
            : throw new FormatException("An entry without a number.");

    public async Task<bool> IsInQuarantineAsync(byte[] message) => await FindInQuarantineAsync(message) is not null;

    /// <summary>The metadata of a message in quarantine, <c>{reason} {organization}</c>; null where it is not there.</summary>
    public async Task<string?> FindInQuarantineAsync(byte[] message)
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(message));
        var blob = await new BlobContainerClient(_cloud.Storage.ConnectionString, AuditQuarantine.ContainerName)
            .GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix: null, Cancellation)
            .FirstOrDefaultAsync(blob => blob.Name.EndsWith(hash, StringComparison.Ordinal), Cancellation);
        return blob is null ? null : $"{blob.Metadata[AuditQuarantine.ReasonKey]} {blob.Metadata[AuditQuarantine.OrganizationKey]}";
    }

    public QueueClient Queue(string name, HttpPipelinePolicy? policy = null, QueueMessageEncoding encoding = QueueMessageEncoding.Base64)
    {
        var options = new QueueClientOptions { MessageEncoding = encoding, Retry = { MaxRetries = 0 } };
        if (policy is not null)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        return new QueueClient(_cloud.Storage.ConnectionString, name, options);
    }
}
