using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SecureZoom.Sandbox.Hosting;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Sandbox.Tests;

/// <summary>What happens to people is told to the app, in order, and told again while the app cannot take it.</summary>
public sealed class EventFeedTests(TemporaryFolder keys) : IdentityProviderTest(keys)
{
    [Fact]
    public async Task An_event_is_sent_again_after_a_server_error_only()
    {
        var received = Channel.CreateUnbounded<string>();
        var answers = new Queue<int>([503, 400, 200]);
        await using var app = await LoopbackServer.StartAsync(
            new Port(0, "a test", ""),
            (_, _) => { },
            application => application.Run(async context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                var body = await reader.ReadToEndAsync(context.RequestAborted);
                context.Response.StatusCode = answers.Dequeue();
                await received.Writer.WriteAsync(body, context.RequestAborted);
            }),
            Cancellation);
        _identity.EventTarget = app.Address;

        // Nobody of Okta's: each sign-in is one event.
        (await _browser.PasswordAsync(Accounts.Gwen.Email)).Dispose();
        (await _browser.PasswordAsync(Accounts.Gwen.Email)).Dispose();

        string[] bodies = [await NextAsync(), await NextAsync(), await NextAsync()];
        Assert.All(bodies, body => Assert.Equal("s", (string?)JsonNode.Parse(body)!["data"]!["type"]));
        Assert.Equal(bodies[0], bodies[1]);
        Assert.NotEqual(bodies[1], bodies[2]);
        Assert.Equal(0, received.Reader.Count);

        async Task<string> NextAsync() => await received.Reader.ReadAsync(Cancellation);
    }
}
