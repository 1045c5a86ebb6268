using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SecureZoom.Functions.Identity;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Token validators as the app composes them, without the rest of the app.</summary>
internal static class Validators
{
    /// <summary>One that trusts these issuers, each for its own audience and organisation.</summary>
    public static TokenValidator Trusting(TimeProvider time, params TestIssuer[] issuers)
    {
        var values = new Dictionary<string, string?>
        {
            ["Auth0:Domain"] = issuers[0].Id,
            ["Auth0:Audience"] = issuers[0].Audience,
            ["Auth0:Organizations"] = issuers[0].Organization,
        };
        foreach (var (index, issuer) in issuers[1..].Index())
        {
            values[$"Identity:Issuers:{index}:Issuer"] = issuer.Id;
            values[$"Identity:Issuers:{index}:Audience"] = issuer.Audience;
            values[$"Identity:Issuers:{index}:Organizations"] = issuer.Organization;
        }

        var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        var options = IdentityOptions.Read(settings);
        var validator = new TokenValidator(
            options,
            new TrustedIssuers(options, _ => CustomerSet.None),
            DiscoveryDocuments.Create(),
            time,
            NullLogger<TokenValidator>.Instance);
        settings.ThrowIfWrong();
        return validator;
    }

    public static Task<VerifiedToken> ValidateAsync(this TokenValidator validator, string token) =>
        validator.ValidateAsync(token, TestContext.Current.CancellationToken).AsTask();

    public static async Task AssertRefusedAsync(this TokenValidator validator, string token, IdentityError error = IdentityError.Invalid) =>
        Assert.Equal(error, (await Assert.ThrowsAsync<IdentityException>(() => validator.ValidateAsync(token))).Error);
}
