using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Several trusted issuers: none speaks for another, and that is decided without asking anybody.</summary>
public sealed class TwoIssuersTests : IAsyncLifetime
{
    private static readonly string[] Offline = ["aud ", "iss ", "exp ", "org_id ", "typ ", "crit ", "alg "];

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private TestIssuer _one = null!;
    private TestIssuer _other = null!;
    private TestIssuer _stranger = null!;
    private TokenValidator _validator = null!;

    public async ValueTask InitializeAsync()
    {
        _one = await TestIssuer.StartAsync("one", _clock);
        _other = await TestIssuer.StartAsync("other", _clock);
        _stranger = await TestIssuer.StartAsync("stranger", _clock);
        _validator = Validators.Trusting(_clock, _one, _other);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _stranger.DisposeAsync();
    }

    [Fact]
    public async Task Each_is_taken_for_its_own_audience_and_organisation()
    {
        Assert.Equal("org_one", (await _validator.ValidateAsync(_one.Token())).Organization?.Id);
        Assert.Equal("org_other", (await _validator.ValidateAsync(_other.Token())).Organization?.Id);
    }

    [Fact]
    public async Task The_same_subject_of_two_issuers_is_two_people()
    {
        var groups = GroupPermissions.Read(new SettingsReader(new ConfigurationBuilder().Build()));
        var nobodys = new CallerEmail(Address: null, OrganizationDomains: []);
        Assert.NotEqual(
            groups.CallerOf(await _validator.ValidateAsync(_one.Token()), nobodys).Pseudonym,
            groups.CallerOf(await _validator.ValidateAsync(_other.Token()), nobodys).Pseudonym);
    }

    [Fact]
    public async Task Domains_are_stated_by_whom_settings_trust_with_them()
    {
        static void State(JsonObject claims) => claims["https://securezoom.example/org_domains"] = new JsonArray("ONE.example", "no domain", 1, "two.example");
        Assert.Equal(["one.example", "two.example"], (await _validator.ValidateAsync(_one.Token(claims: State))).StatedDomains);
        Assert.Empty((await _validator.ValidateAsync(_other.Token(claims: State))).StatedDomains);
    }

    [Fact]
    public async Task Nobody_speaks_for_another_and_no_request_goes_out()
    {
        string[] tokens =
        [
            _one.Token(claims: claims => claims["org_id"] = _other.Organization),
            _one.Token(claims: claims => claims["aud"] = _other.Audience),
            _one.Token(claims: claims => (claims["aud"], claims["org_id"]) = (_other.Audience, _other.Organization)),
            _other.Token(claims: claims => claims["org_id"] = _one.Organization),
            _other.Token(claims: claims => claims["aud"] = _one.Audience),
            _stranger.Token(),
            _stranger.Token(claims: claims => (claims["aud"], claims["org_id"]) = (_one.Audience, _one.Organization)),
            .. BadTokens.All.Where(bad => Offline.Any(bad.Key.StartsWith)).Select(bad => bad.Value(_one)),
        ];
        foreach (var token in tokens)
        {
            await _validator.AssertRefusedAsync(token);
        }

        Assert.All([_one, _other, _stranger], issuer => Assert.Equal((0, 0), (issuer.DiscoveryRequests, issuer.KeySetRequests)));
    }

    [Fact]
    public async Task The_key_of_one_signs_nothing_for_another()
    {
        await _validator.ValidateAsync(_one.Token());
        await _validator.ValidateAsync(_other.Token());
        await _validator.AssertRefusedAsync(_one.Sign(_other.Header().ToJsonString(), _other.Claims().ToJsonString(), _one.Key));
        await _validator.AssertRefusedAsync(_one.Sign(_one.Header().ToJsonString(), _other.Claims().ToJsonString(), _one.Key));
    }
}
