using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Tests.Fuzzing;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Thousands of tokens that nobody thought of: whatever is accepted, the rules allow; whatever is not, is refused in order.</summary>
public sealed class TokenMutationTests : IAsyncLifetime
{
    private const int LeastForEachRule = 200;

    private static readonly int Tokens = Fuzz.Inputs(20_000);

    // It stands still, so an unknown key is refused without waiting for a fetch.
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly ConcurrentDictionary<string, int> _refusals = new();
    private TestIssuer _issuer = null!;
    private TestIssuer _stranger = null!;
    private TokenValidator _validator = null!;
    private TokenMutator _mutator = null!;
    private TokenOracle _oracle = null!;
    private IReadOnlyList<(string Rule, Func<Random, string> Make)> _faults = [];
    private string _good = null!;
    private int _accepted;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync("test", _clock);
        _stranger = await TestIssuer.StartAsync("stranger", _clock);
        _validator = Validators.Trusting(_clock, _issuer);
        _mutator = new TokenMutator(_issuer, _clock.GetUtcNow());
        _oracle = new TokenOracle(_issuer, _clock.GetUtcNow());
        _faults = new TokenFaults(_issuer, _stranger, _clock.GetUtcNow()).All;
        _good = _issuer.Token();
        await _validator.ValidateAsync(_good);
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _stranger.DisposeAsync();
    }

    /// <summary>Of ten tokens six are wrong in one thing, two are right, and two are whatever comes out of changing a right one.</summary>
    [Fact]
    public async Task Of_twenty_thousand_tokens_those_alone_are_accepted_that_the_rules_allow_and_every_rule_refuses_its_own()
    {
        await Parallel.ForAsync(0, Tokens, TestContext.Current.CancellationToken, async (number, cancellationToken) =>
        {
            var random = new Random(unchecked(Fuzz.Seed + number));
            var judged = (number % 10) switch
            {
                0 or 5 => AcceptAsync(_mutator.Right(random), number),
                1 => JudgeAsync(_mutator.SignedAgain(random), number),
                6 => JudgeAsync(TokenMutator.Damaged(random, _good), number),
                _ => RefuseAsync(_faults[number / 10 % _faults.Count], random, number),
            };
            await judged;
        });
        Assert.True(_accepted >= Tokens / 5, $"{_accepted} accepted");
        Assert.All(_faults, fault => Assert.True(
            _refusals.GetValueOrDefault(fault.Rule) >= LeastForEachRule, $"{fault.Rule} {_refusals.GetValueOrDefault(fault.Rule)}"));
    }

    private async Task AcceptAsync(string token, int number)
    {
        var refusal = await RefusalAsync(token, number);
        Assert.True(refusal is null, $"A right token is refused ({refusal}); {Place(number)}: {token}");
        Assert.True(_oracle.Allows(token), $"A right token is against the rules; {Place(number)}: {token}");
        Interlocked.Increment(ref _accepted);
    }

    private async Task JudgeAsync(string token, int number)
    {
        if (await RefusalAsync(token, number) is null)
        {
            Assert.True(_oracle.Allows(token), $"Accepted against the rules; {Place(number)}: {token}");
        }
    }

    private async Task RefuseAsync((string Rule, Func<Random, string> Make) fault, Random random, int number)
    {
        var token = fault.Make(random);
        var refusal = await RefusalAsync(token, number);
        Assert.True(refusal == fault.Rule, $"{refusal ?? "accepted"} instead of {fault.Rule}; {Place(number)}: {token}");
        _refusals.AddOrUpdate(fault.Rule, 1, (_, count) => count + 1);
    }

    /// <summary>The rule that refuses a token; null when it is accepted.</summary>
    private async Task<string?> RefusalAsync(string token, int number)
    {
        try
        {
            await _validator.ValidateAsync(token);
            return null;
        }
        catch (IdentityException exception) when (exception.Error == IdentityError.Invalid)
        {
            return exception.Message;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{Place(number)}: {token}", exception);
        }
    }

    private static string Place(int number) => $"seed {Fuzz.Seed}, number {number}";
}
