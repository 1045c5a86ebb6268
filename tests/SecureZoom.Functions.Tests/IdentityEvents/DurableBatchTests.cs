using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using SecureZoom.Functions.Tests.Support;
using static SecureZoom.Functions.Tests.Support.IdentitySources;

namespace SecureZoom.Functions.Tests.IdentityEvents;

/// <summary>Five hundred logs in one delivery are durable with few messages, and far sooner than by a message each.</summary>
[Collection(OwnCloud.Name)]
public sealed class DurableBatchTests(OwnCloud own)
{
    private const int Logs = 500;

    [Fact]
    public async Task It_takes_a_tenth_of_the_messages_and_a_part_of_the_time_of_as_many_sends()
    {
        var storage = new StorageTap();
        await using var app = await App.StartAsync(own.Cloud, IdentitySources.Settings, services => storage.Tap(services, own.Cloud));
        // The first call of an app has connections and secrets to fetch.
        await DeliverAsync(app, 1);
        var before = Messages(storage);
        var delivery = await TimeAsync(() => DeliverAsync(app, Logs));
        var messages = Messages(storage) - before;
        var floor = await TimeAsync(SendAsync);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{Logs} logs in {messages} messages: {delivery.TotalMilliseconds:0} ms, {Logs} bare sends {floor.TotalMilliseconds:0} ms"));
        Assert.InRange(messages, 1, Logs / 10);
        // By the same storage at the same time, however busy it is.
        Assert.True(delivery < floor, $"{delivery} for {Logs} logs, {floor} for as many bare sends");
    }

    private static int Messages(StorageTap storage) => storage.Count("POST", "/audit-events/messages");

    private static async Task DeliverAsync(App app, int count)
    {
        var logs = new JsonArray([.. Enumerable.Range(0, count).Select(number => Auth0("s", $"auth0|durable{number}", name: $"durable{number}@north.test"))]);
        Assert.Equal(HttpStatusCode.OK, (await IdentitySources.SendAsync(app, "auth0", StreamSecret, Encoding.UTF8.GetBytes(logs.ToJsonString()))).Status);
    }

    private async Task SendAsync()
    {
        var queue = new QueueClient(own.Cloud.Storage.ConnectionString, "bare-sends");
        await queue.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        for (var sent = 0; sent < Logs; sent++)
        {
            await queue.SendMessageAsync("0", TestContext.Current.CancellationToken);
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> what)
    {
        var begun = Stopwatch.GetTimestamp();
        await what();
        return Stopwatch.GetElapsedTime(begun);
    }
}
