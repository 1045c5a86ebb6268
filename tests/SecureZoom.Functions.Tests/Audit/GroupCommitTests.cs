using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Audit.Recording;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Audit;

/// <summary>Events that wait for the queue at the same moment go as one message, and each is answered for itself.</summary>
public sealed class GroupCommitTests(QuietCloud quiet) : IAsyncLifetime
{
    private readonly Gate _gate = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private AuditRecorder _recorder = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64, Retry = { MaxRetries = 0 } };
        options.AddPolicy(_gate, HttpPipelinePosition.PerCall);
        var queue = new QueueClient(quiet.Cloud.Storage.ConnectionString, $"group-{Guid.NewGuid():N}", options);
        await queue.CreateAsync(cancellationToken: Cancellation);
        _recorder = new AuditRecorder(queue, quiet.Cloud.SecretStore(), _time, NullLogger<AuditRecorder>.Instance);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task One_that_comes_alone_goes_at_once()
    {
        // No time passes here.
        await RecordAsync("alone");
        await RecordAsync("alone again");
        Assert.Equal(["alone 1+0", "alone again 2+0"], _gate.Messages);
    }

    [Fact]
    public async Task Those_that_come_while_one_is_on_its_way_go_together_in_the_next()
    {
        var first = _gate.Close();
        var recording = RecordAsync("first");
        await first.Met;
        Task[] others = [RecordAsync("second"), RecordAsync("third"), RecordAsync("fourth")];
        first.Open();
        await Task.WhenAll([recording, .. others]);
        Assert.Equal(["first 1+0", "second 2+0, third 3+0, fourth 4+0"], _gate.Messages);
    }

    [Fact]
    public async Task Sixty_four_callers_share_messages_eight_to_one_at_the_least()
    {
        const int Callers = 64;
        const int Rounds = 20;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Callers), new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = Cancellation }, async (_, _) =>
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await RecordAsync("one");
                }
            });
        Assert.Equal(Callers * Rounds, _gate.Messages.Sum(message => message.Split(", ").Length));
        Assert.InRange(_gate.Messages.Count, 1, Callers * Rounds / 8);
    }

    [Fact]
    public async Task A_message_is_no_larger_than_the_queue_takes()
    {
        var first = _gate.Close();
        var recording = RecordAsync("first");
        await first.Met;
        var large = Enumerable.Range(0, 40).Select(index => RecordAsync($"large {index}", new JsonObject { ["text"] = new string('x', 4000) })).ToList();
        first.Open();
        await Task.WhenAll([recording, .. large]);
        Assert.Equal(41, _gate.Messages.Sum(message => message.Split(", ").Length));
        Assert.InRange(_gate.Messages.Count, 5, 8);
        Assert.All(_gate.Lengths, length => Assert.InRange(length, 1, AuditMessage.MaxLength));
    }

    [Fact]
    public async Task A_caller_who_leaves_takes_no_other_out_of_a_message_on_its_way()
    {
        using var leaving = new CancellationTokenSource();
        var (first, second) = (_gate.Close(), _gate.Close());
        var recording = RecordAsync("first");
        await first.Met;
        var left = RecordAsync("left", cancellationToken: leaving.Token);
        var stayed = RecordAsync("stayed");
        first.Open();
        await second.Met;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.False(stayed.IsCompleted);
        second.Open();
        await Task.WhenAll(recording, stayed);
        Assert.Equal(["first 1+0", "left 2+0, stayed 3+0"], _gate.Messages);
    }

    [Fact]
    public async Task A_caller_who_leaves_before_his_message_is_formed_is_not_in_it()
    {
        using var leaving = new CancellationTokenSource();
        var first = _gate.Close();
        var recording = RecordAsync("first");
        await first.Met;
        var left = RecordAsync("left", cancellationToken: leaving.Token);
        var stayed = RecordAsync("stayed");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        first.Open();
        await Task.WhenAll(recording, stayed);
        Assert.Equal(["first 1+0", "stayed 2+0"], _gate.Messages);
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("taken, its answer lost")]
    public async Task The_numbers_of_a_message_that_failed_are_given_up_by_the_next_event(string how)
    {
        await RecordAsync("before");
        var failing = _gate.Close();
        var failed = RecordAsync("failed");
        await failing.Met;
        failing.Fail(isTaken: how != "refused");
        await Assert.ThrowsAsync<AuditUnavailableException>(() => failed);
        var again = _gate.Close();
        var failedToo = RecordAsync("failed too");
        await again.Met;
        again.Fail(isTaken: how != "refused");
        await Assert.ThrowsAsync<AuditUnavailableException>(() => failedToo);

        await RecordAsync("behind");
        await RecordAsync("last");
        Assert.Equal(["before 1+0", "failed 2+0", "failed too 3+1", "behind 4+2", "last 5+0"], _gate.Messages);
    }

    [Fact]
    public async Task Each_waits_two_seconds_from_when_it_began()
    {
        var (first, second) = (_gate.Close(), _gate.Close());
        var early = RecordAsync("early");
        await first.Met;
        _time.Advance(TimeSpan.FromSeconds(1));
        var late = RecordAsync("late");
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<AuditUnavailableException>(() => early);
        await second.Met;
        Assert.False(late.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<AuditUnavailableException>(() => late);
    }

    [Fact]
    public async Task An_instance_that_stops_says_where_each_stream_ends()
    {
        await RecordAsync("one");
        await _recorder.RecordAsync(Story.Event(action: "other") with { Organization = "org_other" }, Cancellation);
        await _recorder.StopAsync(Cancellation);
        Assert.Equal(["one 1+0", "other 1+0", "end of org_group 2+0, end of org_other 2+0"], _gate.Messages.Select(Sorted));

        static string Sorted(string message) => string.Join(", ", message.Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_event_for_two_trails_is_numbered_once_in_its_actor_s()
    {
        await RecordAsync("before");
        await _recorder.RecordAsync(Story.Event(action: "both") with { Organization = "org_group", AlsoIn = "org_other" }, Cancellation);
        await _recorder.RecordAsync(Story.Event(action: "theirs") with { Organization = "org_other" }, Cancellation);
        Assert.Equal(["before 1+0", "both 2+0", "theirs 1+0"], _gate.Messages);
    }

    [Fact]
    public async Task After_seven_days_without_an_event_an_instance_begins_anew()
    {
        await RecordAsync("before");
        _time.Advance(TimeSpan.FromDays(6));
        await RecordAsync("behind");
        _time.Advance(TimeSpan.FromDays(8));
        await RecordAsync("anew");
        Assert.Equal(["before 1+0", "behind 2+0", "anew 1+0"], _gate.Messages);
        Assert.Equal(2, _gate.Origins.Distinct().Count());
    }

    [Fact]
    public async Task An_origin_has_no_more_streams_than_its_row_holds()
    {
        foreach (var index in Enumerable.Range(0, Numbering.MostStreams + 1))
        {
            await _recorder.RecordAsync(Story.Event() with { Organization = $"org_{index}" }, Cancellation);
        }

        await _recorder.RecordAsync(Story.Event() with { Organization = "org_0" }, Cancellation);
        Assert.Equal([Numbering.MostStreams + 1, 1], _gate.Origins.CountBy(origin => origin).Select(origin => origin.Value));
        Assert.EndsWith(" 2+0", _gate.Messages.Last(), StringComparison.Ordinal);
    }

    private async Task RecordAsync(string action, JsonObject? details = null, CancellationToken? cancellationToken = null) =>
        await _recorder.RecordAsync(Story.Event(action: action, details: details) with { Organization = "org_group" }, cancellationToken ?? Cancellation);

    /// <summary>Sees every message, as <c>{action} {number}+{given up}</c> for each of its events, and can hold one up.</summary>
    private sealed class Gate : HttpPipelinePolicy
    {
        private readonly ConcurrentQueue<Hold> _holds = new();
        private readonly ConcurrentQueue<(string Text, int Length, string[] Origins)> _messages = new();

        public IReadOnlyCollection<string> Messages => [.. _messages.Select(message => message.Text)];

        public IEnumerable<int> Lengths => _messages.Select(message => message.Length);

        public IEnumerable<string> Origins => _messages.SelectMany(message => message.Origins);

        /// <summary>Holds up the next message for which nobody else does.</summary>
        public Hold Close()
        {
            var hold = new Hold();
            _holds.Enqueue(hold);
            return hold;
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Method != RequestMethod.Post)
            {
                await ProcessNextAsync(message, pipeline);
                return;
            }

            await KeepAsync(message);
            var isTaken = true;
            var fails = false;
            if (_holds.TryDequeue(out var hold))
            {
                (fails, isTaken) = await hold.PassAsync(message.CancellationToken);
            }

            if (isTaken)
            {
                await ProcessNextAsync(message, pipeline);
            }

            if (fails)
            {
                throw new RequestFailedException(503, "The test takes the queue down.");
            }
        }

        private async Task KeepAsync(HttpMessage message)
        {
            using var body = new MemoryStream();
            await message.Request.Content!.WriteToAsync(body, message.CancellationToken);
            body.Position = 0;
            var text = Encoding.UTF8.GetString(Convert.FromBase64String(XDocument.Load(body).Descendants("MessageText").Single().Value));
            var entries = text.Split(AuditMessage.Separator).Select(line => JsonNode.Parse(line.Split('.', 3)[2])!).ToList();
            _messages.Enqueue((
                string.Join(", ", entries.Select(entry =>
                    $"{entry["event"]?["action"] ?? $"end of {entry["number"]!["stream"]}"} {entry["number"]!["number"]}+{entry["number"]!["gaveUp"]}")),
                text.Length,
                [.. entries.Select(entry => (string)entry["number"]!["origin"]!)]));
        }
    }

    /// <summary>Holds a message up until the test lets it go.</summary>
    private sealed class Hold
    {
        private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<(bool Fails, bool IsTaken)> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Met => _met.Task;

        public void Open() => _open.SetResult((false, true));

        public void Fail(bool isTaken) => _open.SetResult((true, isTaken));

        public Task<(bool Fails, bool IsTaken)> PassAsync(CancellationToken cancellationToken)
        {
            _met.SetResult();
            return _open.Task.WaitAsync(cancellationToken);
        }
    }
}
