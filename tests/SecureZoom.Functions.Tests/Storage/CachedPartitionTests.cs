using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Storage;

/// <summary>Instances that have a small table at hand, and whoever can write to it but has no key.</summary>
public sealed class CachedPartitionTests(Cloud cloud) : IAsyncLifetime
{
    private readonly string _table = $"cached{Guid.NewGuid():N}";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly LogCapture _logs = new();
    private readonly StorageTap _storage = new();
    private readonly List<CachedPartition> _started = [];
    private RowSeal _seal = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TableClient Attacker => new(cloud.Storage.ConnectionString, _table);

    public ValueTask InitializeAsync()
    {
        _seal = new RowSeal(cloud.SecretStore(), _time, Logger<RowSeal>());
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _started)
        {
            await instance.StopAsync(CancellationToken.None);
            instance.Dispose();
        }
    }

    [Fact]
    public async Task What_one_instance_writes_every_other_has_after_an_interval()
    {
        var (one, other) = (Instance(), await StartAsync());
        Assert.Empty(await other.RowsAsync(Cancellation));
        await PutAsync(one, "a", "b");
        Assert.Equal(["a", "b"], (await one.RowsAsync(Cancellation)).Keys.Order());

        _time.Advance(CachedPartition.Interval);
        await SeeAsync(other, "a", "b");
    }

    [Fact]
    public async Task What_there_is_no_room_for_is_refused_and_raises_the_alarm()
    {
        var instance = await StartAsync();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => instance.ChangeAsync(
            _ => [.. Enumerable.Range(0, CachedPartition.Capacity + 1).Select(number => new TableEntity { RowKey = $"{number}" })], Cancellation));
        Assert.Equal(["list-full -"], _logs.Alerts());
    }

    [Fact]
    public async Task Nothing_is_said_before_the_first_complete_read_nor_after_a_minute_without_one()
    {
        var instance = await StartAsync();
        _storage.Fails = _ => true;
        var late = Instance();
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await late.RowsAsync(Cancellation));

        _storage.Fails = _ => false;
        // While readings fail nobody waits for the next one, which is soon.
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await late.RowsAsync(Cancellation));
        _time.Advance(CachedPartition.Interval);
        Assert.Empty(await late.RowsAsync(Cancellation));

        Assert.Empty(await instance.RowsAsync(Cancellation));
        _storage.Fails = _ => true;
        _time.Advance(CachedPartition.Patience - TimeSpan.FromSeconds(6));
        Assert.Empty(await instance.RowsAsync(Cancellation));
        _time.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await instance.RowsAsync(Cancellation));
        _storage.Fails = _ => false;
        await Wait.ForAsync("a reading", async () =>
        {
            _time.Advance(CachedPartition.Interval);
            return await Record.ExceptionAsync(async () => await instance.RowsAsync(Cancellation)) is null ? "" : null;
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public async Task Changes_that_come_between_two_pages_are_never_taken_for_damage(int changes)
    {
        var writer = Instance();
        await PutAsync(writer, "a", "b", "z");
        using var reader = Instance(TimeProvider.System, new Paging(async () =>
        {
            if (changes-- > 0)
            {
                await PutAsync(writer, "a");
            }
        }));
        var reading = reader.RowsAsync(Cancellation).AsTask();
        if (changes < int.MaxValue / 2)
        {
            Assert.Equal(["a", "b", "z"], (await reading).Keys.Order());
        }
        else
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => reading);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => PutAsync(reader, "b"));
            changes = 0;
        }

        Assert.False(_seal.Broken);
        Assert.DoesNotContain(_logs.Entries, entry => entry.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_change_waits_for_others_only_so_long()
    {
        var instance = Instance();
        _storage.Hangs = operation => operation.Contains("$batch", StringComparison.Ordinal);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = instance.ChangeAsync(_ => [new TableEntity { RowKey = "a" }], given.Token);
        await _storage.Hanging;
        var second = PutAsync(instance, "b");
        _time.Advance(CachedPartition.Interval);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => second);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task A_removed_row_shows_to_running_and_to_new_instances_alike()
    {
        var instance = await StartAsync();
        await PutAsync(instance, "a", "b");
        await Attacker.DeleteEntityAsync("p", "a", ETag.All, Cancellation);
        await AssertUnreadAsync();
    }

    [Fact]
    public async Task A_row_put_back_to_what_it_was_shows()
    {
        var instance = await StartAsync();
        await PutAsync(instance, "a");
        var before = (await Attacker.GetEntityAsync<TableEntity>("p", "a", cancellationToken: Cancellation)).Value;
        await PutAsync(instance, "a");
        await Attacker.UpsertEntityAsync(before, TableUpdateMode.Replace, Cancellation);
        await AssertUnreadAsync();
    }

    [Fact]
    public async Task The_whole_of_it_put_back_shows_to_those_who_saw_more()
    {
        var instance = await StartAsync();
        await PutAsync(instance, "a");
        List<TableEntity> before = await Attacker.QueryAsync<TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation);
        await PutAsync(instance, "b");
        await Attacker.DeleteEntityAsync("p", "b", ETag.All, Cancellation);
        foreach (var row in before)
        {
            await Attacker.UpsertEntityAsync(row, TableUpdateMode.Replace, Cancellation);
        }

        await Assert.ThrowsAsync<StorageUnavailableException>(() => PutAsync(instance, "c"));
        Assert.True(_seal.Broken);
    }

    [Fact]
    public async Task A_row_made_up_without_the_key_is_not_there_and_harms_no_other()
    {
        var instance = await StartAsync();
        await PutAsync(instance, "a");
        await Attacker.AddEntityAsync(new TableEntity("p", "planted") { ["Seal"] = new byte[32] }, Cancellation);
        Assert.Equal(["a"], (await Instance().RowsAsync(Cancellation)).Keys);
        Assert.True(_seal.Broken);

        // It is told once, and once more when it has changed.
        await PutAsync(instance, "b");
        await PutAsync(instance, "c");
        Assert.Equal(1, Told());
        await Attacker.UpsertEntityAsync(new TableEntity("p", "planted") { ["Seal"] = new byte[31] }, TableUpdateMode.Replace, Cancellation);
        await PutAsync(instance, "b");
        await PutAsync(instance, "c");
        Assert.Equal(2, Told());

        int Told() => _logs.Entries.Count(entry => entry.StartsWith("Critical", StringComparison.Ordinal) && entry.Contains("planted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_instances_that_write_at_once_lose_nothing()
    {
        var (one, other) = (Instance(), Instance());
        await PutAsync(one, "a");
        var writes = 0;
        _storage.Before = async operation =>
        {
            // The first has read and is about to write when the second does both.
            if (operation.Contains("$batch", StringComparison.Ordinal) && ++writes == 1)
            {
                await PutAsync(other, "c");
            }
        };
        await PutAsync(one, "b");
        Assert.Equal(3, writes);
        Assert.Equal(["a", "b", "c"], (await one.RowsAsync(Cancellation)).Keys.Order());
        Assert.Equal(["a", "b", "c"], (await Instance().RowsAsync(Cancellation)).Keys.Order());
    }

    [Fact]
    public async Task A_row_is_forgotten_after_its_time_and_not_before()
    {
        var instance = Instance();
        await PutAsync(instance, _time.GetUtcNow().AddHours(2), "a");
        _time.Advance(TimeSpan.FromHours(2.5));
        await PutAsync(instance, "b");
        Assert.Equal(["a", "b"], (await instance.RowsAsync(Cancellation)).Keys.Order());
        _time.Advance(TimeSpan.FromHours(1));
        await PutAsync(instance, "c");
        Assert.Equal(["b", "c"], (await Instance().RowsAsync(Cancellation)).Keys.Order());
    }

    private ILogger<T> Logger<T>() => LoggerFactory.Create(logging => logging.AddProvider(_logs)).CreateLogger<T>();

    private CachedPartition Instance(TimeProvider? time = null, HttpPipelinePolicy? policy = null)
    {
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(policy ?? _storage, HttpPipelinePosition.PerCall);
        return new CachedPartition(
            new TableClient(cloud.Storage.ConnectionString, _table, options), "p", _seal, time ?? _time, Logger<CachedPartition>());
    }

    private async Task<CachedPartition> StartAsync()
    {
        var instance = Instance();
        _started.Add(instance);
        await instance.StartAsync(Cancellation);
        await instance.RowsAsync(Cancellation);
        return instance;
    }

    private static Task PutAsync(CachedPartition instance, params string[] keys) => PutAsync(instance, DateTimeOffset.MaxValue, keys);

    private static Task PutAsync(CachedPartition instance, DateTimeOffset keepUntil, params string[] keys) => instance.ChangeAsync(
        _ => [.. keys.Select(key => new TableEntity { RowKey = key, [CachedPartition.KeepUntil] = keepUntil })], Cancellation);

    private static async Task SeeAsync(CachedPartition instance, params string[] keys) => await Wait.ForAsync($"{string.Join(' ', keys)}", async () =>
        (await instance.RowsAsync(Cancellation)).Keys.Order().SequenceEqual(keys) ? "" : null);

    /// <summary>A new instance reads nothing, one that runs nothing new, and it is reported.</summary>
    private async Task AssertUnreadAsync()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await Instance().RowsAsync(Cancellation));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => PutAsync(_started[0], "z"));
        Assert.True(_seal.Broken);
        Assert.Contains(_logs.Entries, entry => entry.StartsWith("Critical", StringComparison.Ordinal));
    }

    /// <summary>Has one row on each page, and does something before each page but the first.</summary>
    private sealed class Paging(Func<Task> between) : HttpPipelinePolicy
    {
        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Uri.Query.Contains("filter", StringComparison.Ordinal))
            {
                message.Request.Uri.AppendQuery("$top", "1");
                if (message.Request.Uri.Query.Contains("NextRowKey", StringComparison.Ordinal))
                {
                    await between();
                }
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
    }
}
