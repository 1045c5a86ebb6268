using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>Which tokens open the app, and what those that do not are told.</summary>
public sealed class TokenValidationTests(TrustingApp trusting) : IClassFixture<TrustingApp>
{
    private const string InvalidToken = "Bearer error=\"invalid_token\", error_description=\"The access token is not valid\"";

    private static readonly Dictionary<string, Func<TestIssuer, string>> Good = new()
    {
        ["JWT"] = issuer => issuer.Token(),
        ["typ in lower case"] = issuer => issuer.Token(header => header["typ"] = "jwt"),
        ["at+jwt"] = issuer => issuer.Token(
            header => header["typ"] = "at+jwt", claims => (claims["client_id"], claims["jti"]) = ("spa", "1")),
        ["application/at+jwt"] = issuer => issuer.Token(
            header => header["typ"] = "application/at+jwt", claims => (claims["client_id"], claims["jti"]) = ("spa", "1")),
        ["aud as a text"] = issuer => issuer.Token(claims: claims => claims["aud"] = issuer.Audience),
        ["aud as a list of one"] = issuer => issuer.Token(claims: claims => claims["aud"] = new JsonArray(issuer.Audience)),
        ["iat within the skew"] = issuer => Shifted(issuer, "iat", 30),
        ["nbf within the skew"] = issuer => Shifted(issuer, "nbf", 30),
        ["nbf now"] = issuer => Shifted(issuer, "nbf", 0),
        ["exp within the skew"] = issuer => issuer.Token(claims: claims =>
        {
            var now = claims["iat"]!.GetValue<long>();
            (claims["iat"], claims["exp"]) = (now - 60, now - 29);
        }),
        ["the longest life"] = issuer => issuer.Token(claims: claims => claims["exp"] = claims["iat"]!.GetValue<long>() + 86_400),
        ["no organisation"] = issuer => issuer.Token(claims: claims => claims.Remove("org_id")),
        ["organisation null"] = issuer => issuer.Token(claims: claims => claims["org_id"] = null),
        ["claims and header members that nobody asked for"] = issuer => issuer.Token(
            header => header["x5t"] = "abc", claims => claims["nested"] = new JsonObject { ["deep"] = new JsonArray(1.5, true) }),
        ["no groups"] = issuer => issuer.Token(claims: claims => claims.Remove("https://securezoom.example/groups")),
    };

    public static TheoryData<string> BadNames => [.. BadTokens.All.Keys];

    public static TheoryData<string> GoodNames => [.. Good.Keys];

    [Theory]
    [MemberData(nameof(BadNames))]
    public async Task A_bad_token_is_refused(string name)
    {
        var answer = await trusting.AskAsync("me", $"Bearer {BadTokens.All[name](trusting.Issuer)}");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("invalid_token", answer.Code);
        Assert.Equal(InvalidToken, answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_key_that_is_too_short_verifies_nothing_though_its_issuer_has_published_it()
    {
        await using var issuer = await TestIssuer.StartAsync("short", TimeProvider.System);
        var validator = Validators.Trusting(TimeProvider.System, issuer);
        await validator.AssertRefusedAsync(TokenForgery.WeakKey(issuer));
        Assert.NotNull(await validator.ValidateAsync(issuer.Token()));
    }

    [Theory]
    [MemberData(nameof(GoodNames))]
    public async Task A_good_token_is_taken(string name)
    {
        var answer = await trusting.AskAsync("me", $"Bearer {Good[name](trusting.Issuer)}");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("auth0|0123456789abcdef01234567", (string?)answer.Json["subject"]);
    }

    [Theory]
    [InlineData()]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==")]
    [InlineData("DPoP abc")]
    [InlineData("Bearerabc")]
    public async Task Without_a_bearer_token_there_is_no_error_code(params string[] authorization)
    {
        var answer = await trusting.AskAsync("me", authorization);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("missing_token", answer.Code);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task The_scheme_is_read_in_any_case() =>
        Assert.Equal(HttpStatusCode.OK, (await trusting.AskAsync("me", $"bEARER {trusting.Issuer.Token()}")).Status);

    [Fact]
    public async Task A_token_in_the_query_alone_is_none() =>
        Assert.Equal("missing_token", (await trusting.AskAsync($"me?access_token={trusting.Issuer.Token()}")).Code);

    [Fact]
    public async Task A_token_in_header_and_query_is_refused() =>
        AssertAmbiguous(await trusting.AskAsync($"me?access_token={trusting.Issuer.Token()}", $"Bearer {trusting.Issuer.Token()}"));

    [Fact]
    public async Task Two_tokens_in_one_header_are_refused() =>
        AssertAmbiguous(await trusting.AskAsync("me", $"Bearer {trusting.Issuer.Token()}, Bearer {trusting.Issuer.Token()}"));

    [Fact]
    public async Task Two_headers_are_refused()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var address = trusting.App.Http.BaseAddress!;
        var authorization = $"Authorization: Bearer {trusting.Issuer.Token()}\r\n";
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, cancellationToken);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{authorization}{authorization}\r\n"),
            cancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(cancellationToken);
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"invalid_request\"", answer, StringComparison.Ordinal);
    }

    private static void AssertAmbiguous(Answer answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_request", answer.Code);
        Assert.Equal("Bearer error=\"invalid_request\"", answer.Headers.WwwAuthenticate.ToString());
    }

    private static string Shifted(TestIssuer issuer, string claim, long seconds) =>
        issuer.Token(claims: claims => claims[claim] = claims["iat"]!.GetValue<long>() + seconds);
}
