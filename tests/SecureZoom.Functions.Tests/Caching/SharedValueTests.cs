using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Caching;

namespace SecureZoom.Functions.Tests.Caching;

/// <summary>One fetch for all who wait, a failure for those who wait and for nobody after them, and never two fetches too close.</summary>
public sealed class SharedValueTests
{
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new();
    private readonly Channel<TaskCompletionSource<string>> _begun = Channel.CreateUnbounded<TaskCompletionSource<string>>();
    private readonly SharedValue<string> _value;

    public SharedValueTests() => _value = new SharedValue<string>(Fetch, Throttle, _clock);

    [Fact]
    public async Task Everybody_who_comes_during_a_fetch_waits_for_it()
    {
        var waiting = Enumerable.Range(0, 100).Select(_ => _value.GetAsync(_clock.GetUtcNow())).ToArray();
        (await NextAsync()).SetResult("once");
        Assert.All(await Task.WhenAll(waiting), fetched => Assert.Equal("once", fetched.Value));
        Assert.False(_begun.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_failure_is_told_to_those_who_wait_and_leaves_the_value_at_hand()
    {
        var first = await FetchedAsync("at hand");
        _clock.Advance(Throttle);
        var failing = _value.GetAsync(_clock.GetUtcNow());
        (await NextAsync()).SetException(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => failing);
        Assert.Same(first, _value.Latest);
        Assert.Same(first, await _value.GetAsync(first.AsOf));
    }

    [Fact]
    public async Task Without_a_value_the_next_caller_tries_again_at_once()
    {
        var failing = _value.GetAsync(DateTimeOffset.MinValue);
        (await NextAsync()).SetException(new IOException("gone"));
        await Assert.ThrowsAsync<IOException>(() => failing);
        Assert.Equal("there", (await FetchedAsync("there")).Value);
    }

    [Fact]
    public async Task Who_needs_a_newer_one_too_early_waits_for_its_time()
    {
        await FetchedAsync("old");
        _clock.Advance(TimeSpan.FromSeconds(1));
        var newer = _value.GetAsync(_clock.GetUtcNow());
        _clock.Advance(Throttle - TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.False(_begun.Reader.TryRead(out _));
        Assert.False(newer.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));
        (await NextAsync()).SetResult("new");
        Assert.Equal(("new", _clock.GetUtcNow()), ((await newer).Value, (await newer).AsOf));
    }

    [Fact]
    public async Task Only_the_value_that_turned_out_useless_is_dropped()
    {
        var useless = await FetchedAsync("useless");
        _value.Drop(useless);
        Assert.Null(_value.Latest);
        var useful = await FetchedAsync("useful");
        _value.Drop(useless);
        Assert.Same(useful, _value.Latest);
    }

    private async Task<Fetched<string>> FetchedAsync(string text)
    {
        var fetched = _value.GetAsync(_clock.GetUtcNow());
        (await NextAsync()).SetResult(text);
        return await fetched;
    }

    private Task<string> Fetch()
    {
        var fetch = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun.Writer.TryWrite(fetch);
        return fetch.Task;
    }

    /// <summary>The next fetch, once it has begun.</summary>
    private async Task<TaskCompletionSource<string>> NextAsync() =>
        await _begun.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
