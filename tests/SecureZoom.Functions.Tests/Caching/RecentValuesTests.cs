using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Caching;

namespace SecureZoom.Functions.Tests.Caching;

/// <summary>What was found lately, and no longer, nor more than so much of it.</summary>
public sealed class RecentValuesTests
{
    private const int Most = 100;

    private static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _clock = new();
    private readonly RecentValues<int, string> _values;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public RecentValuesTests() => _values = new RecentValues<int, string>(Most, Age, _clock);

    [Fact]
    public async Task It_is_as_old_as_its_look_up_s_beginning()
    {
        await _values.FetchAsync(1, () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(4));
            return Task.FromResult<string?>("one");
        }, Cancellation);
        _clock.Advance(Age - TimeSpan.FromSeconds(4) - TimeSpan.FromTicks(1));
        Assert.Equal("one", _values.Find(1));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_values.Find(1));
    }

    [Fact]
    public async Task What_is_not_there_is_looked_for_each_time()
    {
        Assert.Null(await _values.FetchAsync(1, () => Task.FromResult<string?>(null), Cancellation));
        Assert.Null(_values.Find(1));
        Assert.Equal("one", await _values.FetchAsync(1, () => Task.FromResult<string?>("one"), Cancellation));
        Assert.Equal("one", _values.Find(1));
    }

    [Fact]
    public async Task A_change_forgets_what_is_there_and_what_is_being_looked_up()
    {
        await FetchAsync(1);
        var lookUp = new TaskCompletionSource<string?>();
        var fetching = _values.FetchAsync(2, () => lookUp.Task, Cancellation);
        using (_values.Changing(2))
        {
            Assert.Equal("1", _values.Find(1));
        }

        using (_values.Changing(1))
        {
        }

        lookUp.SetResult("of before");
        Assert.Equal("of before", await fetching);
        Assert.Null(_values.Find(1));
        Assert.Null(_values.Find(2));
    }

    [Fact]
    public async Task Who_asks_while_it_is_looked_up_waits_for_that_and_who_leaves_takes_it_from_nobody()
    {
        var lookUp = new TaskCompletionSource<string?>();
        var lookUps = 0;
        using var leaving = new CancellationTokenSource();
        var first = _values.FetchAsync(1, LookUp, leaving.Token);
        var others = Enumerable.Range(0, 64).Select(_ => _values.FetchAsync(1, LookUp, Cancellation)).ToList();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        lookUp.SetResult("one");
        Assert.All(await Task.WhenAll(others), value => Assert.Equal("one", value));
        Assert.Equal(("one", 1), (_values.Find(1), lookUps));

        Task<string?> LookUp()
        {
            lookUps++;
            return lookUp.Task;
        }
    }

    [Fact]
    public async Task Who_asks_after_a_change_does_not_get_what_is_being_looked_up_since_before()
    {
        var before = new TaskCompletionSource<string?>();
        var early = _values.FetchAsync(1, () => before.Task, Cancellation);
        using (_values.Changing(1))
        {
        }

        Assert.Equal("of after", await _values.FetchAsync(1, () => Task.FromResult<string?>("of after"), Cancellation));
        before.SetResult("of before");
        Assert.Equal("of before", await early);
        Assert.Equal("of after", _values.Find(1));
    }

    [Fact]
    public async Task Who_asks_when_a_look_up_has_taken_longer_than_a_value_is_kept_does_not_wait_for_it()
    {
        var slow = new TaskCompletionSource<string?>();
        var early = _values.FetchAsync(1, () => slow.Task, Cancellation);
        _clock.Advance(Age);
        Assert.Equal("quick", await _values.FetchAsync(1, () => Task.FromResult<string?>("quick"), Cancellation));
        slow.SetResult("slow");
        Assert.Equal("slow", await early);
        Assert.Equal("quick", _values.Find(1));
    }

    [Fact]
    public async Task Who_looked_just_before_it_was_there_does_not_look_it_up_again()
    {
        await FetchAsync(1);
        Assert.Equal("1", await _values.FetchAsync(1, () => throw new InvalidOperationException("It is there."), Cancellation));
    }

    [Fact]
    public async Task A_change_of_another_is_no_reason_not_to_keep_it()
    {
        var lookUp = new TaskCompletionSource<string?>();
        var fetching = _values.FetchAsync(1, () => lookUp.Task, Cancellation);
        using (_values.Changing(2))
        {
        }

        lookUp.SetResult("one");
        await fetching;
        Assert.Equal("one", _values.Find(1));
    }

    [Fact]
    public async Task A_failure_is_everybody_s_who_waits_and_nobody_s_afterwards()
    {
        var lookUp = new TaskCompletionSource<string?>();
        Task<string?>[] waiting = [_values.FetchAsync(1, () => lookUp.Task, Cancellation), _values.FetchAsync(1, () => lookUp.Task, Cancellation)];
        lookUp.SetException(new InvalidTimeZoneException());
        foreach (var one in waiting)
        {
            await Assert.ThrowsAsync<InvalidTimeZoneException>(() => one);
        }

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => _values.FetchAsync(1, () => throw new InvalidTimeZoneException(), Cancellation));
        Assert.Equal("one", await _values.FetchAsync(1, () => Task.FromResult<string?>("one"), Cancellation));
    }

    [Fact]
    public async Task It_keeps_no_more_than_so_many_and_those_that_are_looked_for()
    {
        for (var key = 0; key < 10 * Most; key++)
        {
            await FetchAsync(key);
            Assert.Equal("0", _values.Find(0));
        }

        Assert.InRange(Enumerable.Range(0, 10 * Most).Count(key => _values.Find(key) is not null), Most / 2, Most);
    }

    [Fact]
    public void One_that_is_made_once_is_everybody_s()
    {
        var made = _values.GetOrAdd(1, () => "one");
        Assert.Same(made, _values.GetOrAdd(1, () => "another"));
        _clock.Advance(Age);
        Assert.Equal("another", _values.GetOrAdd(1, () => "another"));
    }

    private Task<string?> FetchAsync(int key) => _values.FetchAsync(key, () => Task.FromResult<string?>($"{key}"), Cancellation);
}
