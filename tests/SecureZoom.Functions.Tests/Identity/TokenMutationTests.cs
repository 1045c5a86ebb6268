using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Thousands of tokens that nobody thought of: whatever is accepted, the rules allow; whatever is not, is refused in order.</summary>
public sealed class TokenMutationTests : IAsyncLifetime
{
    private const int Tokens = 10_000;

    // It stands still, so an unknown key is refused without waiting for a fetch.
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly int _seed = Random.Shared.Next();
    private TestIssuer _issuer = null!;
    private TokenValidator _validator = null!;
    private TokenMutator _mutator = null!;
    private TokenOracle _oracle = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync("test", _clock);
        _validator = Validators.Trusting(_clock, _issuer);
        _mutator = new TokenMutator(_issuer, _clock.GetUtcNow());
        _oracle = new TokenOracle(_issuer, _clock.GetUtcNow());
        await _validator.ValidateAsync(_issuer.Token());
    }

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task Of_tokens_changed_and_signed_again_only_those_are_accepted_that_the_rules_allow()
    {
        var accepted = await CountAcceptedAsync(_mutator.SignedAgain);
        Assert.InRange(accepted, Tokens / 10, Tokens * 9 / 10);
    }

    [Fact]
    public async Task Of_damaged_tokens_only_those_are_accepted_that_the_rules_allow()
    {
        var token = _issuer.Token();
        var accepted = await CountAcceptedAsync(random => TokenMutator.Damaged(random, token));
        Assert.InRange(accepted, 0, Tokens / 10);
    }

    private async Task<int> CountAcceptedAsync(Func<Random, string> make)
    {
        var accepted = 0;
        await Parallel.ForAsync(0, Tokens, TestContext.Current.CancellationToken, async (number, cancellationToken) =>
        {
            var token = make(new Random(unchecked(_seed + number)));
            try
            {
                await _validator.ValidateAsync(token, cancellationToken);
                Assert.True(_oracle.Allows(token), $"Accepted against the rules; seed {_seed}, number {number}: {token}");
                Interlocked.Increment(ref accepted);
            }
            catch (IdentityException exception)
            {
                Assert.True(exception.Error == IdentityError.Invalid, $"{exception.Error}; seed {_seed}, number {number}: {token}");
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{exception}; seed {_seed}, number {number}: {token}");
            }
        });
        return accepted;
    }
}
