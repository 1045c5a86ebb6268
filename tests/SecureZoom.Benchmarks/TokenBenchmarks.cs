using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Authorization;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;

namespace SecureZoom.Benchmarks;

/// <summary>Who is calling: a token verified and read, and what it allows; the floor is the bare verification of its signature.</summary>
public class TokenBenchmarks
{
    /// <summary>So many tokens that each is new to whatever keeps the last ones.</summary>
    private const int Tokens = 4_096;

    private string[] _tokens = [];
    private TokenValidator _validator = null!;
    private OrganizationsOptions _organizations = null!;
    private GroupPermissions _groups = null!;
    private VerifiedToken _verified = null!;
    private EmailAddress _address = null!;
    private byte[] _digest = [];
    private byte[] _signature = [];
    private int _next;

    /// <summary>How many organisations settings name, each with a domain.</summary>
    [Params(10, 10_000)]
    public int Organizations { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var names = Enumerable.Range(0, Organizations).Select(number => $"org_{number}").ToList();
        var values = new Dictionary<string, string?>
        {
            ["Auth0:Domain"] = IssuerAtHand.Domain,
            ["Auth0:Audience"] = IssuerAtHand.Audience,
            ["Auth0:Organizations"] = string.Join(' ', names),
        };
        foreach (var (index, name) in names.Index())
        {
            values[$"Organizations:{index}:Id"] = name;
            values[$"Organizations:{index}:EmailDomains"] = index == names.Count - 1 ? "acme.test" : $"d{index}.test";
        }

        var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        var identity = IdentityOptions.Read(settings);
        _organizations = OrganizationsOptions.Read(settings);
        _groups = GroupPermissions.Read(settings);
        settings.ThrowIfWrong();
        _validator = new TokenValidator(
            identity, new TrustedIssuers(identity, _ => CustomerSet.None), new IssuerAtHand(), TimeProvider.System, NullLogger<TokenValidator>.Instance);
        _tokens = [.. Enumerable.Range(0, Tokens).Select(person => IssuerAtHand.Token(names[^1], person))];
        _verified = await _validator.ValidateAsync(_tokens[0], CancellationToken.None);
        _address = _verified.VerifiedEmail!;
        var signed = _tokens[0][.._tokens[0].LastIndexOf('.')];
        _digest = SHA256.HashData(Encoding.ASCII.GetBytes(signed));
        _signature = Base64Url.DecodeFromChars(_tokens[0].AsSpan(signed.Length + 1));
    }

    [Benchmark(Baseline = true, Description = "floor: RSA.VerifyHash")]
    public bool Floor() => IssuerAtHand.Key.VerifyHash(_digest, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    [Benchmark(Description = "validation, first sight")]
    public async Task<object> FirstSight() => await _validator.ValidateAsync(_tokens[_next++ % Tokens], CancellationToken.None);

    [Benchmark(Description = "validation, repeated")]
    public async Task<object> Repeated() => await _validator.ValidateAsync(_tokens[0], CancellationToken.None);

    [Benchmark(Description = "owner of the address's domain")]
    public string? Owner() => _organizations.OwnerOf(_address.Domain);

    [Benchmark(Description = "authorisation")]
    public bool Authorization()
    {
        var caller = _groups.CallerOf(_verified, new CallerEmail(_address, ["acme.test"]));
        caller.Require(Permissions.MeetingsJoin);
        return caller.HostEmail is not null;
    }
}
