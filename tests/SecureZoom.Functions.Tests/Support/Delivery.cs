using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Zoom;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Events as whoever sends them delivers them: again, where the app could not yet say that it has them for good.</summary>
internal static class Delivery
{
    /// <exception cref="TimeoutException">They were never taken.</exception>
    public static Task MakeAsync(string what, Func<Task<Answer>> send) => Wait.ForAsync($"{what} to be taken", async () =>
    {
        var answer = await send();
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{what}: {answer.Status} {answer.Code}");
        return answer.Status == HttpStatusCode.OK ? answer : null;
    });

    /// <summary>An event of Zoom's; what it fills in stays, so that it is the same one however often it comes.</summary>
    public static Task DeliverAsync(this ZoomStandIn zoom, JsonObject webhook) =>
        Wait.ForAsync($"{webhook["event"]} to be taken", async () =>
        {
            var status = await zoom.SendAsync(webhook, TestContext.Current.CancellationToken);
            Assert.True(status is 200 or 503, $"{webhook["event"]}: {status}");
            return status == 200 ? webhook : null;
        });
}
