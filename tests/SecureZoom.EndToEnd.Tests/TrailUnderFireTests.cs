using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What was answered 200 is in the trail once, whatever happens to the processes that answered and wrote.</summary>
/// <remarks><c>script/fire</c> runs it with 20,000 events.</remarks>
[Collection<TrailStories>]
public sealed class TrailUnderFireTests(Product product) : IAsyncLifetime
{
    private const int Kills = 6;
    private const int Senders = 6;

    /// <summary>The most messages that one look at a queue can show.</summary>
    private const int MostPeeked = 32;

    private static readonly int Events = int.Parse(
        Environment.GetEnvironmentVariable("SECUREZOOM_FIRE_EVENTS") ?? "600", CultureInfo.InvariantCulture);

    private readonly HttpClient _http = new();
    private readonly ConcurrentBag<string> _accepted = [];
    private readonly List<FunctionApp> _more = [];
    private readonly TaskCompletionSource _killed = new();
    private int _conflicts;

    private FunctionApp[] Writers => [product.Sandbox.App!, .. _more];

    public async ValueTask InitializeAsync()
    {
        foreach (var port in FreePort.Find(2))
        {
            _more.Add(await FunctionApp.StartAsync(
                new FunctionAppOptions { Port = port, Folder = product.Data, OnOutput = CountConflicts },
                TestContext.Current.CancellationToken));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        foreach (var writer in _more)
        {
            await writer.DisposeAsync();
        }
    }

    [Fact]
    public async Task Hosts_and_workers_killed_six_times_while_they_hold_messages_lose_nothing_and_double_nothing()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var sent = 0;
        var sending = Parallel.ForEachAsync(
            Enumerable.Range(0, Senders), cancellationToken, async (_, token) =>
            {
                while (Interlocked.Increment(ref sent) is var number && (number <= Events || !_killed.Task.IsCompleted))
                {
                    await SendUntilTakenAsync(number, token);
                }
            });
        await KillAsync(cancellationToken);
        await sending;

        Assert.Equal(_accepted.Order(), (await WhenRecordedAsync(cancellationToken)).Order());
        Assert.True(_conflicts > 0, "No two writers met at the head: the test did not test.");
        var verification = await product.GetAsync(Accounts.Olive, "audit/verification?organization=unassigned");
        Assert.True((bool)verification["valid"]!, verification.ToJsonString());
        Assert.Empty(await GapsAsync(cancellationToken));
    }

    /// <summary>The gaps in the numbers that came, those of killed instances included; none may be there in two hours.</summary>
    private async Task<IReadOnlyList<string>> GapsAsync(CancellationToken cancellationToken)
    {
        var rows = await new TableClient(product.Sandbox.Storage.ConnectionString, "audit")
            .QueryAsync<TableEntity>(row => row.PartitionKey == ".streams", cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        Assert.NotEmpty(rows);
        return
        [
            .. from row in rows
               from stream in JsonNode.Parse((byte[])row["Streams0"])!.AsObject()
               from gap in stream.Value!["gaps"]!.AsArray()
               select $"{row.RowKey} {stream.Key} {gap!.ToJsonString()}",
        ];
    }

    /// <summary>Kills hosts with their workers and workers alone by turns, each while somebody holds messages.</summary>
    private async Task KillAsync(CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var kills = 0; kills < Kills;)
        {
            while (await HeldMessagesAsync(cancellationToken) == 0)
            {
                await tick.WaitForNextTickAsync(cancellationToken);
            }

            var victim = Writers[RandomNumberGenerator.GetInt32(Writers.Length)];
            if (kills % 2 == 1)
            {
                kills += victim.KillWorker() && await HeldMessagesAsync(cancellationToken) > 0 ? 1 : 0;
                continue;
            }

            await victim.KillAsync();
            kills += await HeldMessagesAsync(cancellationToken) > 0 ? 1 : 0;
            // A killed host's messages are hidden for ten minutes, and those of the others, who still hold them, come again as well.
            await product.Sandbox.Storage.AdvanceAsync(TimeSpan.FromMinutes(10));
            await victim.StartAgainAsync(cancellationToken);
        }

        _killed.SetResult();
    }

    /// <summary>Zoom sends again what was not answered 200, and so does this: the same bytes, to whoever listens.</summary>
    private async Task SendUntilTakenAsync(int number, CancellationToken cancellationToken)
    {
        var name = $"fire.event_{number}";
        var body = Encoding.UTF8.GetBytes($$"""{"event":"{{name}}","payload":{"object":{"uuid":"{{number}}" } } }""");
        for (var attempt = number; ; attempt++)
        {
            if (await TrySendAsync(Writers[attempt % Writers.Length], body, cancellationToken))
            {
                _accepted.Add(name);
                return;
            }
        }
    }

    private async Task<bool> TrySendAsync(FunctionApp writer, byte[] body, CancellationToken cancellationToken)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] message = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(product.Sandbox.Secrets["zoom-webhook-secret"]), message);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(writer.Address, "webhook"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add("x-zm-request-timestamp", timestamp);
        request.Headers.Add("x-zm-signature", $"v0={Convert.ToHexStringLower(mac)}");
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>How many messages somebody has taken and not deleted: those that count, but cannot be seen.</summary>
    private async Task<int> HeldMessagesAsync(CancellationToken cancellationToken)
    {
        var queue = new QueueClient(product.Sandbox.Storage.ConnectionString, "audit-events");
        var visible = (await queue.PeekMessagesAsync(MostPeeked, cancellationToken)).Value.Length;
        var all = (await queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        return visible < MostPeeked ? all - visible : 0;
    }

    private async Task<IReadOnlyList<string>> WhenRecordedAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(10));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await LastSequenceAsync() < _accepted.Count || await HeldMessagesAsync(cancellationToken) > 0)
        {
            await tick.WaitForNextTickAsync(deadline.Token);
        }

        var records = await product.ReadTrailAsync(Accounts.Olive, "organization=unassigned&source=zoom");
        return [.. records.Select(record => (string)record["action"]!).Where(name => name.StartsWith("fire.", StringComparison.Ordinal))];
    }

    private async Task<long> LastSequenceAsync()
    {
        var newest = await product.GetAsync(Accounts.Olive, "audit?organization=unassigned&limit=1");
        return newest["records"]!.AsArray() is [{ } record] ? (long)record["sequence"]! : 0;
    }

    private void CountConflicts(string line)
    {
        if (line.Contains("Another writer was first", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _conflicts);
        }
    }
}
