using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Http;

/// <summary>One person who asks too often waits; the others do not.</summary>
public sealed class PersonLimitsTests(Cloud cloud)
{
    [Theory]
    [InlineData("signature", """{"meetingNumber":850123456,"role":7}""", 300)]
    [InlineData("meetings", """{"topic":" "}""", 60)]
    public async Task Who_asks_too_often_is_told_to_wait(string path, string body, int burst)
    {
        await using var app = await App.StartAsync(cloud);
        var (eager, other) = (app.As(Accounts.Alice.In("org_limits")), app.As(Accounts.Carol.In("org_limits")));
        var answers = await Task.WhenAll(Enumerable.Range(0, burst * 2).Select(_ => eager.PostAsync(path, JsonNode.Parse(body))));
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(answers.Length - refused.Count, burst, (burst * 2) - 1);
        Assert.All(refused, answer =>
        {
            Assert.Equal("too_many_requests", answer.Code);
            Assert.Equal(TimeSpan.FromSeconds((int)answer.Json["retryAfterSeconds"]!), answer.Headers.RetryAfter!.Delta);
        });
        Assert.Equal(HttpStatusCode.BadRequest, (await other.PostAsync(path, JsonNode.Parse(body))).Status);
    }
}
