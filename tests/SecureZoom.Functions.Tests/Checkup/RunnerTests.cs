using System.Text;
using Azure.Core;
using Microsoft.IdentityModel.Tokens;
using SecureZoom.Operator;

namespace SecureZoom.Functions.Tests.Checkup;

/// <summary>What an operator's command leaves on record says who ran it.</summary>
public sealed class RunnerTests
{
    [Theory]
    [InlineData("""{"oid":"0a1b","upn":"jane@platform.example","appid":"04b0"}""", "script/hold by jane@platform.example (signed in at Azure, 0a1b)", "jane@platform.example")]
    [InlineData("""{"oid":"0a1b","unique_name":"live.com#guest@partner.example","appid":"04b0"}""", "script/hold by live.com#guest@partner.example (signed in at Azure, 0a1b)", "guest@partner.example")]
    [InlineData("""{"oid":"0a1b","appid":"04b0","idtyp":"app"}""", "script/hold by the application 04b0 (signed in at Azure, 0a1b)", null)]
    public async Task Who_is_signed_in_at_Azure_is_named_as_that(string claims, string expected, string? address)
    {
        var runner = await Runner.ReadAsync(new SignedIn(claims), "script/hold", TestContext.Current.CancellationToken);
        Assert.Equal((address is null ? "system" : "operator", expected, address), (runner.Type, runner.Name, runner.Email));
    }

    [Fact]
    public async Task Where_nobody_signs_in_it_is_the_machine_s_user()
    {
        var runner = await Runner.ReadAsync(credential: null, "script/hold", TestContext.Current.CancellationToken);
        Assert.Equal($"script/hold by {Environment.UserName} (the machine's user)", runner.Name);
    }

    /// <summary>As whom Entra ID says somebody is signed in, for storage alone.</summary>
    private sealed class SignedIn(string claims) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Assert.Equal(["https://storage.azure.com/.default"], requestContext.Scopes);
            return new AccessToken($"e30.{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(claims))}.sig", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
