using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>How an issuer's keys come and go, and what that costs.</summary>
public sealed class IssuerKeysTests : IAsyncLifetime
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private TestIssuer _issuer = null!;
    private TokenValidator _validator = null!;

    /// <summary>Metadata that must not be believed, made from good ones.</summary>
    public static IReadOnlyDictionary<string, Func<TestIssuer, string>> BadMetadata { get; } = new Dictionary<string, Func<TestIssuer, string>>
    {
        ["not JSON"] = _ => "<html>",
        ["empty"] = _ => "",
        ["{}"] = _ => "{}",
        ["without issuer"] = issuer => Changed(issuer, metadata => metadata.Remove("issuer")),
        ["of another issuer"] = issuer => Changed(issuer, metadata => metadata["issuer"] = "https://attacker.example/"),
        ["of the issuer without its slash"] = issuer => Changed(issuer, metadata => metadata["issuer"] = issuer.Id.TrimEnd('/')),
        ["without jwks_uri"] = issuer => Changed(issuer, metadata => metadata.Remove("jwks_uri")),
        ["jwks_uri relative"] = issuer => Changed(issuer, metadata => metadata["jwks_uri"] = "/.well-known/jwks.json"),
        ["jwks_uri in a file"] = issuer => Changed(issuer, metadata => metadata["jwks_uri"] = "file:///etc/hostname"),
        ["jwks_uri at another port"] = issuer => Changed(issuer, metadata => metadata["jwks_uri"] = "http://127.0.0.1:9/.well-known/jwks.json"),
        ["jwks_uri at another host"] = issuer => Changed(
            issuer, metadata => metadata["jwks_uri"] = ((string)metadata["jwks_uri"]!).Replace("127.0.0.1", "localhost", StringComparison.Ordinal)),
        ["jwks_uri with userinfo"] = issuer => Changed(
            issuer, metadata => metadata["jwks_uri"] = ((string)metadata["jwks_uri"]!).Replace("//", "//user@", StringComparison.Ordinal)),
        ["jwks_uri with no key set"] = issuer => Changed(issuer, metadata => metadata["jwks_uri"] = $"{issuer.Id}nothing"),
    };

    public static TheoryData<string> BadMetadataNames => [.. BadMetadata.Keys];

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync("test", _clock);
        _validator = Validators.Trusting(_clock, _issuer);
    }

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task Callers_who_come_together_share_one_fetch()
    {
        var gate = _issuer.Hold();
        var token = _issuer.Token();
        var calls = Enumerable.Range(0, 200).Select(_ => _validator.ValidateAsync(token)).ToList();
        await Wait.ForAsync("discovery", () => Task.FromResult(_issuer.DiscoveryRequests > 0 ? _issuer : null));
        Assert.DoesNotContain(calls, call => call.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(calls);
        Assert.Equal((1, 1), (_issuer.DiscoveryRequests, _issuer.KeySetRequests));
    }

    [Fact]
    public async Task A_rotated_key_works_on_its_first_token()
    {
        await _validator.ValidateAsync(_issuer.Token());
        _clock.Advance(IssuerKeys.Throttle);
        using var rotated = Rotate();
        await _validator.ValidateAsync(By(rotated));
        Assert.Equal(2, _issuer.KeySetRequests);
    }

    [Fact]
    public async Task A_key_rotated_right_after_a_fetch_waits_for_the_next()
    {
        await _validator.ValidateAsync(_issuer.Token());
        _clock.Advance(Moment);
        using var rotated = Rotate();
        var call = _validator.ValidateAsync(By(rotated));
        Assert.False(call.IsCompleted);
        Assert.Equal(1, _issuer.KeySetRequests);
        _clock.Advance(IssuerKeys.Throttle);
        await call;
    }

    [Fact]
    public async Task A_key_that_a_fetch_under_way_has_missed_is_found_by_the_next()
    {
        await _validator.ValidateAsync(_issuer.Token());
        _clock.Advance(IssuerKeys.Throttle);

        // The key set is answered before the rotation; the answer is still on its way when the rotated token comes.
        var old = new JsonObject { ["keys"] = new JsonArray(_issuer.Key.ToJwk()) }.ToJsonString();
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        _issuer.Fault = async context =>
        {
            var isKeySet = context.Request.Path.Value!.EndsWith("jwks.json", StringComparison.Ordinal);
            if (isKeySet)
            {
                arrived.SetResult();
                await release.Task;
            }

            await context.Response.WriteAsync(isKeySet ? old : _issuer.Metadata().ToJsonString());
        };
        var unknown = _validator.AssertRefusedAsync(Unknown(0));
        await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        _clock.Advance(Moment);
        using var rotated = Rotate();
        var call = _validator.ValidateAsync(By(rotated));
        _issuer.Fault = null;
        release.SetResult();
        await unknown;
        await WhileTimePassesAsync(call);
        await call;
    }

    [Fact]
    public async Task A_revoked_key_stops_working_with_the_next_refresh()
    {
        var token = _issuer.Token(claims: claims => claims["exp"] = claims["iat"]!.GetValue<long>() + 86_400);
        await _validator.ValidateAsync(token);
        using var next = new TestKey("next");
        _issuer.Published = [next.ToJwk()];
        await _validator.ValidateAsync(token);

        _clock.Advance(IssuerKeys.Lifetime + Moment);
        await _validator.ValidateAsync(token);
        await Wait.ForAsync("the refresh", async () =>
        {
            var works = await Record.ExceptionAsync(() => _validator.ValidateAsync(By(next))) is null;
            return works ? _issuer : null;
        });
        var refused = _validator.AssertRefusedAsync(token);
        await WhileTimePassesAsync(refused);
        await refused;
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_costs_one_fetch_in_the_throttle_time_and_locks_nobody_out()
    {
        await _validator.ValidateAsync(_issuer.Token());
        _clock.Advance(Moment);
        var flood = Enumerable.Range(0, 500).Select(number => Assert.ThrowsAsync<IdentityException>(() => _validator.ValidateAsync(Unknown(number)))).ToList();
        using var rotated = Rotate();
        Assert.Equal(1, _issuer.KeySetRequests);
        await _validator.ValidateAsync(_issuer.Token());

        _clock.Advance(IssuerKeys.Throttle);
        // Who does not get to wait may be right.
        var refused = (await Task.WhenAll(flood)).ToLookup(exception => exception.Error);
        Assert.Equal((32, 468), (refused[IdentityError.Invalid].Count(), refused[IdentityError.Unavailable].Count()));
        Assert.Equal((2, 2), (_issuer.DiscoveryRequests, _issuer.KeySetRequests));
        await _validator.ValidateAsync(By(rotated));
        Assert.Equal(2, _issuer.KeySetRequests);
    }

    [Fact]
    public async Task A_provider_that_is_down_at_the_start_is_an_outage_and_works_as_soon_as_it_is_up()
    {
        _issuer.Fault = Answer(StatusCodes.Status503ServiceUnavailable);
        await _validator.AssertRefusedAsync(_issuer.Token(), IdentityError.Unavailable);
        _issuer.Fault = null;
        await _validator.ValidateAsync(_issuer.Token());
    }

    [Fact]
    public async Task Keys_at_hand_go_on_working_while_the_provider_is_down_and_it_is_not_hammered()
    {
        await _validator.ValidateAsync(_issuer.Token());
        _issuer.Fault = Answer(StatusCodes.Status503ServiceUnavailable);
        _clock.Advance(IssuerKeys.Lifetime + Moment);
        for (var call = 0; call < 50; call++)
        {
            await _validator.ValidateAsync(_issuer.Token());
        }

        var unknown = _validator.AssertRefusedAsync(Unknown(0), IdentityError.Unavailable);
        await WhileTimePassesAsync(unknown);
        await unknown;

        // Two refreshes at the most, and one repetition in each by the library.
        Assert.InRange(_issuer.DiscoveryRequests, 2, 5);
        _issuer.Fault = null;
        await _validator.ValidateAsync(_issuer.Token());
    }

    [Fact]
    public async Task Keys_at_hand_serve_no_longer_than_a_day_while_the_provider_is_down()
    {
        await _validator.ValidateAsync(_issuer.Token());
        _issuer.Fault = Answer(StatusCodes.Status503ServiceUnavailable);
        _clock.Advance(IssuerKeys.Patience);
        await _validator.ValidateAsync(_issuer.Token());
        _clock.Advance(TimeSpan.FromTicks(1));
        var late = _validator.AssertRefusedAsync(_issuer.Token(), IdentityError.Unavailable);
        await WhileTimePassesAsync(late);
        await late;
    }

    [Theory]
    [MemberData(nameof(BadMetadataNames))]
    public async Task Metadata_that_must_not_be_believed_are_an_outage(string name)
    {
        _issuer.Discovery = BadMetadata[name](_issuer);
        await _validator.AssertRefusedAsync(_issuer.Token(), IdentityError.Unavailable);
        _issuer.Discovery = null;
        await _validator.ValidateAsync(_issuer.Token());
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var attacker = await TestIssuer.StartAsync("attacker", _clock);
        _issuer.Fault = context =>
        {
            context.Response.Redirect($"{attacker.Id.TrimEnd('/')}{context.Request.Path}");
            return Task.CompletedTask;
        };
        await _validator.AssertRefusedAsync(_issuer.Token(), IdentityError.Unavailable);
        Assert.Equal(0, attacker.DiscoveryRequests);
    }

    [Fact]
    public async Task Keys_in_the_key_set_that_are_not_RSA_or_have_no_name_are_ignored()
    {
        var secret = Encoding.UTF8.GetBytes(new string('s', 64));
        JsonObject Symmetric(string id) => new() { ["kty"] = "oct", ["kid"] = id, ["alg"] = "RS256", ["k"] = Base64UrlEncoder.Encode(secret) };
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = curve.ExportParameters(includePrivateParameters: false).Q;
        var elliptic = new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = _issuer.Key.Id,
            ["x"] = Base64UrlEncoder.Encode(point.X),
            ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
        var unnamed = _issuer.Key.ToJwk();
        unnamed.Remove("kid");
        _issuer.Published = [Symmetric(_issuer.Key.Id), Symmetric("symmetric"), elliptic, unnamed, _issuer.Key.ToJwk()];
        await _validator.ValidateAsync(_issuer.Token());
        await _validator.AssertRefusedAsync(_issuer.Token(header => header["kid"] = "symmetric"));
    }

    [Fact]
    public async Task A_key_set_without_a_usable_key_is_an_outage_and_leaves_the_keys_at_hand()
    {
        await _validator.ValidateAsync(_issuer.Token());
        _issuer.Published = [];
        _clock.Advance(IssuerKeys.Throttle);
        await _validator.AssertRefusedAsync(Unknown(0), IdentityError.Unavailable);
        await _validator.ValidateAsync(_issuer.Token());
    }

    private static string Changed(TestIssuer issuer, Action<JsonObject> change)
    {
        var metadata = issuer.Metadata();
        change(metadata);
        return metadata.ToJsonString();
    }

    private static Func<HttpContext, Task> Answer(int status) => context => Task.FromResult(context.Response.StatusCode = status);

    /// <summary>Publishes a further key.</summary>
    private TestKey Rotate()
    {
        var key = new TestKey("rotated");
        _issuer.Published = [_issuer.Key.ToJwk(), key.ToJwk()];
        return key;
    }

    private string By(TestKey key)
    {
        var header = _issuer.Header();
        header["kid"] = key.Id;
        return _issuer.Sign(header.ToJsonString(), _issuer.Claims().ToJsonString(), key);
    }

    /// <summary>A token under a made-up key.</summary>
    private string Unknown(int number)
    {
        var header = _issuer.Header();
        header["kid"] = $"made-up-{number}";
        return TestIssuer.Sign(
            Encoding.UTF8.GetBytes(header.ToJsonString()), Encoding.UTF8.GetBytes(_issuer.Claims().ToJsonString()), _ => new byte[256]);
    }

    private async Task WhileTimePassesAsync(Task call) => await Wait.ForAsync("the next fetch", () =>
    {
        _clock.Advance(Moment);
        return Task.FromResult(call.IsCompleted ? call : null);
    });
}
