using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>
/// A first round through the app, before any test: what a call runs through for the first time is compiled then, for seconds on a slow machine,
/// and the app gives storage and its queue two.
/// </summary>
internal static class FirstCalls
{
    private static int _made;

    /// <summary>Makes them for the first cloud of the process; what they are answered is no matter.</summary>
    public static async Task MakeAsync(Cloud cloud)
    {
        if (Interlocked.Exchange(ref _made, 1) == 1)
        {
            return;
        }

        await using var app = await App.StartAsync(cloud);
        var carol = app.As(Accounts.Carol.In("org_first"));
        var created = await carol.PostAsync("meetings", new JsonObject { ["topic"] = "First" });
        await carol.PostAsync("signature", new JsonObject { ["meetingNumber"] = created.Json["id"]?.DeepClone() ?? 812_345_678 });
        await carol.GetAsync("meetings");
        await carol.GetAsync("audit");
        var hook = IdentitySources.Hook(IdentitySources.Okta("user.lifecycle.suspend", "00ufirst"));
        await IdentitySources.SendAsync(app, "okta", cloud.Secrets["okta-event-hook-secret"], hook);
    }
}
