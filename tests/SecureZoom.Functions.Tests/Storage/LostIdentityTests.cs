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
        var storage = new StorageTap { Fails = _ => true, Failure = () => new AuthenticationFailedException("No identity here.") };
        // What is at hand is read at the start: without an identity from the first reading on.
        await using var app = await App.StartAsync(cloud, services: services => storage.Tap(services, cloud));
        var alice = app.As(Accounts.Alice.In(Story.NewOrganization()));
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("me")).Status);
        foreach (var answer in (Answer[])[await alice.GetAsync("meetings"), await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })])
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (answer.Status, answer.Code));
            Assert.DoesNotContain("identity here", answer.Text, StringComparison.Ordinal);
        }

        storage.Fails = _ => false;
        await Wait.ForAsync("the next reading", async () =>
            (await alice.PostAsync("meetings", new JsonObject { ["topic"] = "Planning" })).Status == HttpStatusCode.Created ? "" : null);
    }
}
