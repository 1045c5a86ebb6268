using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Audit.Reading;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Audit.Trail;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Verification;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Appending to a trail in real tables: nothing is lost, nothing doubled, however many write.</summary>
public sealed class AuditTrailTests(Cloud cloud)
{
    private readonly string _organization = Story.NewOrganization();

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
        Assert.Equal(1, await Trail().FirstOfDayAsync(_organization, new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken));
        Assert.Equal(2, await Trail().FirstOfDayAsync(_organization, new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken));
        Assert.Equal(3, await Trail().FirstOfDayAsync(_organization, new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken));
        Assert.Equal(0, await Trail().LastOfDayAsync(_organization, new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken));
        Assert.Equal(1, await Trail().LastOfDayAsync(_organization, new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken));
        Assert.Equal(2, await Trail().LastOfDayAsync(_organization, DateTimeOffset.MaxValue, TestContext.Current.CancellationToken));
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
    public async Task A_head_that_was_rolled_back_stops_the_writer_instead_of_spinning_or_overwriting()
    {
        await Trail().AppendAsync(_organization, Story.Events(3), TestContext.Current.CancellationToken);
        var table = new TableClient(cloud.Storage.ConnectionString, AuditTrail.TableName);
        var head = (await table.GetEntityAsync<TableEntity>(_organization, "head", cancellationToken: TestContext.Current.CancellationToken)).Value;
        head["Sequence"] = 1L;
        await table.UpdateEntityAsync(head, head.ETag, TableUpdateMode.Replace, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Trail().AppendAsync(_organization, [Story.Event()], TestContext.Current.CancellationToken));
        Assert.Equal(3, (await ReadAsync()).Count);
    }

    private AuditTrail Trail(TimeProvider? time = null, HttpPipelinePolicy? policy = null)
    {
        var options = new TableClientOptions { Retry = { MaxRetries = 0 } };
        if (policy is not null)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        var tables = new TableServiceClient(cloud.Storage.ConnectionString, options);
        return new AuditTrail(
            tables, new PersonNames(tables), cloud.SecretStore(), time ?? TimeProvider.System, NullLogger<AuditTrail>.Instance);
    }

    private async Task<IReadOnlyList<AuditRecord>> ReadAsync() =>
        [.. await Trail().ReadUpAsync(_organization, 1, long.MaxValue, TestContext.Current.CancellationToken)
            .Select(AuditReader.Read).ToListAsync(TestContext.Current.CancellationToken)];

    private async Task AssertUnbrokenAsync()
    {
        var verifier = new TrailVerifier(CheckpointSeries.Read([], []), HashChain.Genesis);
        await foreach (var stored in Trail().ReadUpAsync(_organization, 1, long.MaxValue, TestContext.Current.CancellationToken))
        {
            verifier.Add(stored.Line);
            Assert.Equal(stored.Hash, verifier.Hash.ToArray());
        }

        Assert.True(verifier.Finish().Valid);
        var end = await Trail().ReadEndAsync(_organization, TestContext.Current.CancellationToken);
        Assert.Equal(end.Hash, verifier.Hash.ToArray());
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
