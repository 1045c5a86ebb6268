using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Secrets;

/// <summary>Secrets through the real client of Key Vault: when it is asked, what of it serves, and for how long without it.</summary>
public sealed class SecretStoreTests : IDisposable
{
    private const string Name = "zoom-sdk-client-secret";
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly KeyVaultStandIn _vault = new();
    private readonly SecretStore _store;

    public SecretStoreTests() => _store =
        new SecretStore(new KeyVaultSecretSource(_vault.Client(), _clock), _clock, NullLogger<SecretStore>.Instance);

    public void Dispose() => _vault.Dispose();

    [Fact]
    public async Task A_secret_is_read_once_and_then_at_hand()
    {
        _vault.Add(Name, "one");
        for (var call = 0; call < 50; call++)
        {
            Assert.Equal("one", await CurrentAsync());
        }

        Assert.Equal((1, 1), (_vault.Lists, _vault.Challenges));
    }

    [Fact]
    public async Task Callers_who_come_together_cause_one_reading()
    {
        _vault.Add(Name, "one");
        var gate = _vault.Hold();
        var calls = Enumerable.Range(0, 100).Select(_ => CurrentAsync()).ToList();
        gate.SetResult();
        Assert.All(await Task.WhenAll(calls), value => Assert.Equal("one", value));
        Assert.Equal(1, _vault.Lists);
    }

    [Fact]
    public async Task A_new_version_seals_only_once_every_instance_has_it_to_open_with()
    {
        _vault.Add(Name, "one");
        _vault.Add(Name, "two", _clock.GetUtcNow());
        Assert.Equal(("two", "one"), (await CurrentAsync(), await SealingAsync()));

        _clock.Advance(SecretStore.KnownEverywhereAfter - Moment);
        Assert.Equal("one", await SealingAsync());
        _clock.Advance(2 * Moment);
        Assert.Equal("two", await SealingAsync());

        async Task<string> SealingAsync() => (await _store.SealingAsync(Name, TestContext.Current.CancellationToken)).Value;
    }

    [Fact]
    public async Task The_only_version_seals_however_new_it_is()
    {
        _vault.Add(Name, "one", _clock.GetUtcNow());
        Assert.Equal("one", (await _store.SealingAsync(Name, TestContext.Current.CancellationToken)).Value);
    }

    [Fact]
    public async Task A_new_version_is_picked_up_beside_the_caller_s_way_and_the_earlier_one_still_accepted()
    {
        _vault.Add(Name, "one");
        await CurrentAsync();
        _vault.Add(Name, "two");
        Assert.Equal("one", await CurrentAsync());

        _clock.Advance(SecretStore.RefreshAfter + Moment);
        var gate = _vault.Hold();
        Assert.Equal("one", await CurrentAsync());
        gate.SetResult();
        await UntilAsync(["two", "one"]);
        Assert.Equal("two", await CurrentAsync());
        Assert.Equal(2, _vault.Lists);
    }

    [Fact]
    public async Task Versions_that_are_disabled_expired_or_not_yet_valid_are_not_accepted()
    {
        var now = _clock.GetUtcNow();
        _vault.Add(Name, "good");
        _vault.Add(Name, "disabled").Enabled = false;
        _vault.Add(Name, "expired").Expires = now - Moment;
        _vault.Add(Name, "early").NotBefore = now + TimeSpan.FromHours(1);
        _vault.Add(Name, "valid").Expires = now + TimeSpan.FromHours(1);
        Assert.Equal(["valid", "good"], await AllAsync());
    }

    [Fact]
    public async Task Of_many_versions_on_several_pages_the_newest_serve_and_the_oldest()
    {
        _vault.PageSize = 3;
        for (var version = 1; version <= 8; version++)
        {
            _vault.Add(Name, $"v{version}");
        }

        Assert.Equal(["v8", "v7", "v6", "v5", "v1"], await AllAsync());
        Assert.Equal(1, _vault.Lists);
    }

    [Fact]
    public async Task A_disabled_version_is_dropped_with_the_next_look_and_the_last_one_closes_the_door()
    {
        var one = _vault.Add(Name, "one");
        var two = _vault.Add(Name, "two");
        await CurrentAsync();
        two.Enabled = false;
        _clock.Advance(SecretStore.RefreshAfter + Moment);
        await UntilAsync(["one"]);

        one.Enabled = false;
        _clock.Advance(SecretStore.RefreshAfter + Moment);
        await Wait.ForAsync("the door to close", async () => await Record.ExceptionAsync(AllAsync) as SecretException);

        one.Enabled = true;
        _clock.Advance(SecretStore.MissingFor + Moment);
        Assert.Equal("one", await CurrentAsync());
    }

    [Fact]
    public async Task A_secret_that_is_not_there_cannot_be_had_until_it_is_and_is_asked_for_twice_a_minute()
    {
        for (var call = 0; call < 50; call++)
        {
            await Assert.ThrowsAsync<SecretException>(CurrentAsync);
            Assert.Empty(await _store.FindAsync(Name, TestContext.Current.CancellationToken));
        }

        Assert.Equal(1, _vault.Lists);
        _vault.Add(Name, "one");
        _clock.Advance(SecretStore.MissingFor + Moment);
        Assert.Equal("one", await CurrentAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task A_passing_mood_is_sat_out(HttpStatusCode mood)
    {
        _vault.Add(Name, "one");
        (_vault.Mood, _vault.Spoils) = (mood, 2);
        Assert.Equal("one", await CurrentAsync());
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task While_Key_Vault_is_down_secrets_serve_for_a_set_time_and_no_longer(HttpStatusCode mood)
    {
        _vault.Add(Name, "one");
        await CurrentAsync();
        _vault.Mood = mood;
        _clock.Advance(SecretStore.KeepFor);
        var before = _vault.Lists;
        for (var call = 0; call < 50; call++)
        {
            Assert.Equal("one", await CurrentAsync());
        }

        // One look, which the client repeats.
        await Wait.ForAsync("the look", () => Task.FromResult(_vault.Lists > before ? _vault : null));
        Assert.InRange(_vault.Lists - before, 1, 3);

        _clock.Advance(Moment);
        await Assert.ThrowsAsync<SecretException>(CurrentAsync);
        _vault.Mood = null;
        Assert.Equal("one", await CurrentAsync());
    }

    [Fact]
    public async Task Without_Key_Vault_at_the_start_a_secret_cannot_be_had_and_the_failure_is_not_kept()
    {
        _vault.Add(Name, "one");
        _vault.Mood = HttpStatusCode.ServiceUnavailable;
        await Assert.ThrowsAsync<SecretException>(CurrentAsync);
        _vault.Mood = null;
        Assert.Equal("one", await CurrentAsync());
    }

    [Fact]
    public async Task A_Key_Vault_that_does_not_answer_is_not_waited_for()
    {
        _vault.Add(Name, "one");
        _ = _vault.Hold();
        var call = CurrentAsync();
        await Wait.ForAsync("the time limit", () =>
        {
            _clock.Advance(Moment);
            return Task.FromResult(call.IsCompleted ? call : null);
        });
        await Assert.ThrowsAsync<SecretException>(() => call);
    }

    [Fact]
    public async Task A_caller_who_leaves_takes_nobody_along()
    {
        _vault.Add(Name, "one");
        var gate = _vault.Hold();
        using var leaving = new CancellationTokenSource();
        var first = _store.CurrentAsync(Name, leaving.Token).AsTask();
        var second = CurrentAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal("one", await second);
        Assert.Equal(1, _vault.Lists);
    }

    [Fact]
    public async Task A_failure_names_the_secret_and_never_its_value()
    {
        var version = _vault.Add(Name, "very-secret-value");
        version.Enabled = false;
        var exception = await Assert.ThrowsAsync<SecretException>(CurrentAsync);
        Assert.Contains(Name, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret-value", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret-value", $"{new SecretVersion("very-secret-value")}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_can_hold_several_versions_the_newest_first()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Secrets:single"] = "only",
            ["Secrets:several:0"] = "newest",
            ["Secrets:several:1"] = "older",
            ["Secrets:several:2"] = "",
            ["Secrets:several:10"] = "oldest",
        }).Build();
        var store = new SecretStore(new ConfigurationSecretSource(configuration), _clock, NullLogger<SecretStore>.Instance);
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.Equal("only", (await store.CurrentAsync("single", cancellationToken)).Value);
        Assert.Equal(
            ["newest", "older", "oldest"], (await store.AllAsync("several", cancellationToken)).Select(version => version.Value));
        await Assert.ThrowsAsync<SecretException>(() => store.CurrentAsync("none", cancellationToken).AsTask());
    }

    private async Task<string> CurrentAsync() => (await _store.CurrentAsync(Name, TestContext.Current.CancellationToken)).Value;

    private async Task<IEnumerable<string>> AllAsync() =>
        (await _store.AllAsync(Name, TestContext.Current.CancellationToken)).Select(version => version.Value);

    private Task<string[]> UntilAsync(string[] versions) => Wait.ForAsync(
        string.Join(", ", versions), async () => (await AllAsync()).SequenceEqual(versions) ? versions : null);
}
