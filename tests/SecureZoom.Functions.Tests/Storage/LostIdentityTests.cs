using System.Net;
using System.Text.Json.Nodes;
using Azure.Identity;
using SecureZoom.Functions.Tests.Audit;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Storage;

/// <summary>The app's managed identity, without which there is no storage.</summary>
public sealed class LostIdentityTests(Cloud cloud)
{
    [Fact]
    public async Task Without_it_callers_get_a_503_and_the_process_goes_on()
    {
        var storage = new StorageTap { Fails = _ => false, Failure = () => new AuthenticationFailedException("No identity here.") };
        await using var app = await App.StartAsync(cloud, services: services => storage.Tap(services, cloud));
        var alice = app.As(Accounts.Alice.In(Story.NewOrganization()));
        // Whose access has ended is read at the start: nobody is let in before that.
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("me")).Status);
        storage.Fails = _ => true;
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("me")).Status);
        (string Code, Answer Answer)[] answers =
        [
            ("storage_unavailable", await alice.GetAsync("meetings")),
            ("audit_unavailable", await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })),
        ];
        foreach (var (code, answer) in answers)
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, code), (answer.Status, answer.Code));
            Assert.DoesNotContain("identity here", answer.Text, StringComparison.Ordinal);
        }

        storage.Fails = _ => false;
        await Wait.ForAsync("the next reading", async () =>
            (await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Status == HttpStatusCode.Created ? "" : null);
    }
}
