using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Audit.Erasing;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit.Erasing;

/// <summary>An app with a clock, the trail's own parts beside it, and somebody who is to be forgotten.</summary>
internal sealed class ErasureBench : IAsyncDisposable
{
    public const string Issuer = "https://auth.example/";
    public const string Subject = "okta|acme|00ualiceadams";
    public const string Name = "Alice Adams";
    public const string ZoomId = "KDcuGIm1QgePTO8WbOqwIQ";

    private readonly Cloud _cloud;

    private ErasureBench(Cloud cloud, App app, StorageTap tap, AdjustableTime time, string organization)
    {
        (_cloud, App, Tap, Time, Trail) = (cloud, app, tap, time, new TrailBench(cloud, time));
        Organization = organization;
        Email = $"alice@{Organization.Replace('_', '-')}.test";
    }

    public string Organization { get; }

    public string Email { get; }

    public string Pseudonym { get; } = Functions.Authorization.Caller.PseudonymOf(Issuer, Subject);

    public App App { get; }

    /// <summary>Those of its organisation: the app goes on with what other tests have left as well.</summary>
    public IEnumerable<string> Alerts => App.Logs.Alerts().Where(alert => alert.EndsWith($" {Organization}", StringComparison.Ordinal));

    public StorageTap Tap { get; }

    public AdjustableTime Time { get; }

    public TrailBench Trail { get; }

    public Cloud Cloud => _cloud;

    public PersonErasure Erasure => App.Services.GetRequiredService<PersonErasure>();

    public LegalHolds Holds => App.Services.GetRequiredService<LegalHolds>();

    public AuditActor Operator { get; } = new() { Type = "system", Name = "script/forget by root" };

    public AuditActor Alice => new() { Type = "user", Issuer = Issuer, Subject = Subject, Name = Name, Email = Email, Department = "Marketing", OrganizationName = "Acme Corp" };

    public static AuditActor Bob { get; } = new() { Type = "user", Issuer = Issuer, Subject = "okta|acme|00ubob", Name = "Bob Brown", Email = "bob@acme.test", OrganizationName = "Acme Corp" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="zoom">A Zoom of its own.</param>
    /// <param name="settings">Settings that differ.</param>
    /// <param name="organization">Whose people are erased; one that no other test uses when left out.</param>
    public static async Task<ErasureBench> StartAsync(
        Cloud cloud, OwnZoom? zoom = null, Dictionary<string, string?>? settings = null, string? organization = null)
    {
        var (tap, time) = (new StorageTap(), new AdjustableTime());
        var app = await App.StartAsync(cloud, settings ?? zoom?.Settings, services =>
        {
            tap.Tap(services, cloud);
            services.AddSingleton<TimeProvider>(time);
        });
        return new ErasureBench(cloud, app, tap, time, organization ?? Story.NewOrganization());
    }

    public async ValueTask DisposeAsync()
    {
        Trail.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>Six records, in five of which Alice is, in four parts of her own and one text.</summary>
    public async Task<IReadOnlyList<AuditEvent>> TellAsync()
    {
        AuditEvent[] events =
        [
            Story.Event(actor: Alice, topic: $"{Name}' Zoom Meeting"),
            Story.Event(actor: Bob, topic: "Planning", details: new JsonObject { ["host"] = Email.ToUpperInvariant() }),
            Joined(new JsonObject { ["user_name"] = "Ali", ["customer_key"] = Pseudonym, ["id"] = ZoomId }),
            Joined(new JsonObject { ["user_name"] = "Somebody else", ["id"] = "IQIqTabcdefgh8WbOqwIQ0" }),
            Story.Event(action: "meeting.started", source: "zoom", actor: new AuditActor { Type = "system", Name = "Zoom" }, topic: null, details: new JsonObject { ["object"] = new JsonObject { ["host_id"] = ZoomId } }),
            Story.Event(actor: Bob, topic: null),
        ];
        await AppendAsync(events);
        return events;
    }

    public Task AppendAsync(params IReadOnlyList<AuditEvent> events) => Trail.AppendAsync(Organization, events);

    public async Task<TrailVerdict> SignAndVerifyAsync()
    {
        Assert.True(await Trail.SignAsync(Organization));
        return await Trail.VerifyAsync(Organization);
    }

    public Task<Erasure> ForgetAsync(string? person = null) => Erasure.ForgetAsync(Organization, person ?? Email, "She asked for it.", Operator, Cancellation);

    /// <summary>As the organisation itself does it, and three days later.</summary>
    /// <param name="meanwhile">When nothing of what others have had erased is watched any more.</param>
    public async Task<Erasure> AskAsync(string? person = null, Func<Task>? meanwhile = null)
    {
        var eraser = App.As(Sandbox.Identity.Accounts.Carol.In(Organization), AccountExtensions.Eraser);
        var asked = await eraser.PostAsync("audit/erasures", new JsonObject { ["person"] = person ?? Email, ["reason"] = "She asked for it." });
        Assert.Equal(System.Net.HttpStatusCode.Accepted, asked.Status);
        Time.Advance(TimeSpan.FromHours(3));
        await RunAsync();
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        Time.Advance(TimeSpan.FromHours(70));
        await RunAsync();
        return await FindAsync((string)asked.Json["id"]!);
    }

    /// <summary>The row of an erasure; of the newest where none is named.</summary>
    public async Task<Erasure> FindAsync(string? id = null) =>
        (await App.Services.GetRequiredService<ErasureTable>().ReadAsync(Organization, Cancellation)).First(one => id is null || one.Erasure.Id == id).Erasure;

    /// <summary>What the timer does.</summary>
    public Task RunAsync() => Erasure.RunAsync(Cancellation);

    public async Task<IReadOnlyList<AuditRecord>> ReadAsync() =>
        [.. await App.Services.GetRequiredService<AuditTrail>().ReadUpAsync(Organization, 1, long.MaxValue, Cancellation)
            .Select(stored => AuditReader.Read(Organization, stored)).ToListAsync(Cancellation)];

    /// <summary>Of each record the numbers of the parts that are withheld.</summary>
    public async Task<IReadOnlyList<int[]>> WithheldAsync() =>
        [.. await App.Services.GetRequiredService<AuditTrail>().ReadUpAsync(Organization, 1, long.MaxValue, Cancellation)
            .Select(stored => stored.Line!.Record.Parts.Index().Where(part => part.Item.IsWithheld).Select(part => part.Index).ToArray()).ToListAsync(Cancellation)];

    public TableClient Table => new(_cloud.Storage.ConnectionString, AuditTrail.TableName);

    /// <summary>Takes the salt and the part of a record, and says nothing of it.</summary>
    public async Task DestroyAsync(long sequence, int part)
    {
        var row = (await Table.GetEntityAsync<TableEntity>(Organization, TrailRows.KeyOf(sequence), cancellationToken: Cancellation)).Value;
        var stored = TrailRows.Read(row, sequence);
        var record = stored.Line!.Record;
        var left = record with { Parts = [.. record.Parts.Select((one, number) => number == part ? one.Withhold() : one)] };
        await Table.UpdateEntityAsync(TrailRows.Row(Organization, stored with { Line = stored.Line with { Record = left } }), row.ETag, TableUpdateMode.Replace, Cancellation);
    }

    public QueueClient Queue(string name, QueueMessageEncoding encoding = QueueMessageEncoding.Base64) =>
        new(_cloud.Storage.ConnectionString, name, new QueueClientOptions { MessageEncoding = encoding });

    /// <summary>Waits until what was done is in the trails: nothing is under way any more.</summary>
    public Task RestAsync() => Wait.ForAsync("an empty queue", async () =>
        (await Queue("audit-events").GetPropertiesAsync(Cancellation)).Value is { ApproximateMessagesCount: 0 } empty ? empty : null);

    public BlobContainerClient Quarantine => new(_cloud.Storage.ConnectionString, AuditQuarantine.ContainerName);

    private static AuditEvent Joined(JsonObject participant) => Story.Event(
        action: "meeting.participant_joined",
        source: "zoom",
        actor: new AuditActor { Type = "participant", Subject = (string?)participant["customer_key"] ?? (string?)participant["id"], Name = (string?)participant["user_name"] },
        topic: null,
        details: new JsonObject { ["object"] = new JsonObject { ["participant"] = participant } });
}
