using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Appending to a trail in real tables: nothing is lost, nothing doubled, however many write.</summary>
public sealed class AuditTrailTests(Cloud cloud) : IDisposable
{
    private readonly string _organization = Story.NewOrganization();
    private readonly List<TrailBench> _benches = [];

    public void Dispose() => _benches.ForEach(bench => bench.Dispose());

    [Fact]
    public async Task Several_writers_at_once_lose_nothing_and_double_nothing()
    {
        var events = Story.Events(300);
        var writers = Enumerable.Range(0, 3).Select(_ => new AuditAppender(Trail())).ToList();

        // Every writer gets every event: two of three deliveries are repeats.
        await Task.WhenAll(writers.SelectMany(writer => events.Select(auditEvent =>
            writer.AppendAsync(_organization, auditEvent, TestContext.Current.CancellationToken))));

        var records = await ReadAsync();
        Assert.Equal(events.Select(auditEvent => auditEvent.Id).Order(), records.Select(record => record.Id).Order());
        Assert.Equal(Enumerable.Range(1, 300).Select(sequence => (long)sequence), records.Select(record => record.Sequence));
        await AssertUnbrokenAsync();
    }

    [Fact]
    public async Task A_redelivery_after_midnight_changes_nothing()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 23, 59, 50, TimeSpan.Zero));
        var auditEvent = Story.Event();
        Assert.Equal(1, await Trail(time).AppendAsync(_organization, [auditEvent], TestContext.Current.CancellationToken));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await Trail(time).AppendAsync(_organization, [auditEvent], TestContext.Current.CancellationToken));
        Assert.Equal(1, await Trail(time).AppendAsync(_organization, [Story.Event()], TestContext.Current.CancellationToken));

        Assert.Equal(2, (await ReadAsync()).Count);
        var times = Bench().Times;
        foreach (var (moment, first) in new[]
        {
            ("2026-11-23T00:00Z", 1), ("2026-11-24T12:00Z", 1), ("2026-11-25T00:00Z", 2), ("2026-11-26T00:00Z", 3), ("9999-12-31T00:00Z", 3),
        })
        {
            var from = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
            Assert.Equal((moment, first), (moment, await times.FirstFromAsync(_organization, from, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task The_time_of_recording_only_grows_though_clocks_differ()
    {
        var ahead = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 5, TimeSpan.Zero));
        var behind = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await Trail(ahead).AppendAsync(_organization, [Story.Event()], TestContext.Current.CancellationToken);
        await Trail(behind).AppendAsync(_organization, [Story.Event()], TestContext.Current.CancellationToken);

        var records = await ReadAsync();
        Assert.True(records[1].RecordedAt >= records[0].RecordedAt);
    }

    [Fact]
    public async Task An_answer_that_was_lost_does_not_double_what_was_written()
    {
        var lost = new LosesFirstAnswer();
        var appender = new AuditAppender(Trail(policy: lost));
        var auditEvent = Story.Event();

        await Assert.ThrowsAnyAsync<Exception>(() => appender.AppendAsync(_organization, auditEvent, TestContext.Current.CancellationToken));
        Assert.True(lost.HasLost);
        await appender.AppendAsync(_organization, auditEvent, TestContext.Current.CancellationToken);

        Assert.Equal(auditEvent.Id, Assert.Single(await ReadAsync()).Id);
    }

    [Fact]
    public async Task With_256_waiting_a_transaction_carries_more_than_forty()
    {
        var counted = new CountsTransactions();
        var appender = new AuditAppender(Trail(policy: counted));

        await Task.WhenAll(Story.Events(256).Select(auditEvent =>
            appender.AppendAsync(_organization, auditEvent, TestContext.Current.CancellationToken)));

        Assert.Equal(256, (await ReadAsync()).Count);
        Assert.InRange(counted.Count, 1, 256 / 40);
    }

    [Fact]
    public async Task One_that_the_table_never_takes_does_not_keep_out_the_others()
    {
        var appender = new AuditAppender(Trail());
        var impossible = Story.Event(id: "no/row#key");
        var others = Story.Events(5);
        var appending = others.Append(impossible).Select(auditEvent =>
            appender.AppendAsync(_organization, auditEvent, TestContext.Current.CancellationToken)).ToList();

        await Task.WhenAll(appending.SkipLast(1));
        await Assert.ThrowsAsync<AuditRejectedException>(() => appending[^1]);
        Assert.Equal(others.Select(auditEvent => auditEvent.Id).Order(), (await ReadAsync()).Select(record => record.Id).Order());
    }

    [Fact]
    public async Task A_head_that_was_changed_stops_the_writer_instead_of_spinning_or_overwriting()
    {
        await Trail().AppendAsync(_organization, Story.Events(3), TestContext.Current.CancellationToken);
        await new Attacker(cloud, _organization).AlterAsync("head", head => head["Size"] = 1L);

        await Assert.ThrowsAsync<TrailDamagedException>(() =>
            Trail().AppendAsync(_organization, [Story.Event()], TestContext.Current.CancellationToken));
        Assert.Equal(3, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task A_head_that_was_set_back_stops_a_writer_that_never_saw_a_later_one_too()
    {
        var attacker = new Attacker(cloud, _organization);
        await Trail().AppendAsync(_organization, [Story.Event()], TestContext.Current.CancellationToken);
        var sealedHead = (await attacker.CopyAsync()).Single(row => row.RowKey == "head");
        await Trail().AppendAsync(_organization, Story.Events(2), TestContext.Current.CancellationToken);
        await attacker.PutAsync(sealedHead);

        await Assert.ThrowsAsync<TrailDamagedException>(() =>
            Trail().AppendAsync(_organization, [Story.Event()], TestContext.Current.CancellationToken));
        Assert.Equal(3, (await ReadAsync()).Count);
    }

    /// <summary>Of an instance that knows nothing yet.</summary>
    private AuditTrail Trail(TimeProvider? time = null, HttpPipelinePolicy? policy = null) => Bench(time, policy).Trail;

    private TrailBench Bench(TimeProvider? time = null, HttpPipelinePolicy? policy = null)
    {
        var bench = new TrailBench(cloud, time, policy);
        _benches.Add(bench);
        return bench;
    }

    private Task<IReadOnlyList<AuditRecord>> ReadAsync() => Bench().ReadAsync(_organization);

    private async Task AssertUnbrokenAsync()
    {
        var bench = Bench();
        var verdict = await bench.VerifyAsync(_organization);
        Assert.Empty(verdict.Problems);
        Assert.Equal(verdict.Records, (await bench.Trail.ReadHeadAsync(_organization, TestContext.Current.CancellationToken)).Size);
    }

    /// <summary>Lets the first transaction through, and loses what the table answers.</summary>
    private sealed class LosesFirstAnswer : HttpPipelinePolicy
    {
        public bool HasLost { get; private set; }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (!HasLost && message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal) && message.Response.Status == 202)
            {
                HasLost = true;
                throw new IOException("The connection was closed.");
            }
        }
    }

    /// <summary>Counts transactions.</summary>
    private sealed class CountsTransactions : HttpPipelinePolicy
    {
        private int _count;

        public int Count => _count;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _count);
            }

            return ProcessNextAsync(message, pipeline);
        }
    }
}
