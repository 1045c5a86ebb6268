using System.Net;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>What callers are told while their identity provider is down.</summary>
public sealed class IssuerOutageTests(Cloud cloud)
{
    [Fact]
    public async Task The_app_answers_503_when_the_provider_is_down_at_its_start()
    {
        await using var issuer = await TestIssuer.StartAsync("test", TimeProvider.System);
        issuer.Fault = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        await using var app = await App.StartAsync(cloud, new()
        {
            ["Auth0:Domain"] = issuer.Id,
            ["Auth0:Audience"] = issuer.Audience,
            ["Auth0:Organizations"] = issuer.Organization,
        });
        var answer = await new Person(app.Http, issuer.Token()).GetAsync("me");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("identity_unavailable", answer.Code);
        Assert.NotNull(answer.Headers.RetryAfter?.Delta);
        Assert.Equal(answer.Headers.RetryAfter.Delta.Value.TotalSeconds, (double)answer.Json["retryAfterSeconds"]!);
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }
}
