using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Secrets;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Invitations;

/// <summary>What guests are still given when nothing but the audit queue is up.</summary>
[Collection(OwnCloud.Name)]
public sealed class InvitationOutageTests(OwnCloud own)
{
    [Fact]
    public async Task With_registry_vault_and_Zoom_down_a_guest_still_gets_a_signature_for_one_enqueue()
    {
        var (alice, erin) = (Accounts.Alice.In("org_outage"), Accounts.Erin.In("org_outage_guests"));
        var storage = new StorageTap();
        var secrets = new SwitchedSecrets(own.Cloud);
        var zoom = await OwnZoom.StartAsync(own.Cloud);
        await using var app = await App.StartAsync(own.Cloud, zoom.Settings, services =>
        {
            storage.Tap(services, own.Cloud);
            services.AddSingleton<ISecretSource>(secrets);
        });
        var number = (long)(await app.As(alice).PostAsync("meetings", new JsonObject { ["topic"] = "Still open" })).Json["id"]!;
        var invited = await app.As(alice).PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = "org_outage_guests" });
        var body = new JsonObject { ["meetingNumber"] = number, ["invitation"] = (string)invited.Json["invitation"]! };
        Assert.Equal(HttpStatusCode.OK, (await app.As(erin).PostAsync("signature", body.DeepClone())).Status);

        await zoom.DisposeAsync();
        secrets.Down = true;
        storage.Fails = operation => !operation.Contains("/audit-events/", StringComparison.Ordinal);
        var signed = await app.As(erin).PostAsync("signature", body.DeepClone());
        Assert.True(signed.Status == HttpStatusCode.OK, signed.Text);
        Assert.Equal("storage_unavailable", (await app.As(alice).PostAsync("signature", new JsonObject { ["meetingNumber"] = number })).Code);
        storage.Fails = _ => false;
    }

    [Fact]
    public async Task A_signature_with_an_invitation_does_one_storage_operation_and_a_refused_one_none()
    {
        var (alice, erin) = (Accounts.Alice.In("org_counted"), Accounts.Erin.In("org_counted_guests"));
        var storage = new StorageTap();
        await using var zoom = await OwnZoom.StartAsync(own.Cloud);
        await using var app = await App.StartAsync(own.Cloud, zoom.Settings, services => storage.Tap(services, own.Cloud));
        var number = (long)(await app.As(alice).PostAsync("meetings", new JsonObject { ["topic"] = "Counted" })).Json["id"]!;
        var invited = await app.As(alice).PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = "org_counted_guests" });
        // The first of an organisation states its domains, which is written down once.
        await app.As(erin).GetAsync("me");
        var asked = zoom.Zoom.Requests.All.Count;
        const string TraceId = "0af7651916cd43dd8448eb211c80319c";
        var signed = await app.As(erin).SendAsync(
            HttpMethod.Post,
            "signature",
            new JsonObject { ["meetingNumber"] = number, ["invitation"] = (string)invited.Json["invitation"]! },
            ("traceparent", $"00-{TraceId}-b7ad6b7169203331-01"));
        Assert.Equal(HttpStatusCode.OK, signed.Status);
        Assert.Equal(["POST /devstoreaccount1/audit-events/messages"], storage.Of(TraceId));
        Assert.Equal(asked, zoom.Zoom.Requests.All.Count);
    }

    [Fact]
    public async Task Storage_that_hangs_is_a_503_in_time()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var tables = $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/devstoreaccount1";
        var connection = string.Join(';', own.Cloud.Storage.ConnectionString.Split(';').Select(part =>
            part.StartsWith("TableEndpoint", StringComparison.Ordinal) ? $"TableEndpoint={tables}" : part));
        await using var app = await App.StartAsync(own.Cloud, new() { ["Audit"] = connection });
        var answer = await app.As(Accounts.Alice.In("org_hanging")).PostAsync("signature", new JsonObject { ["meetingNumber"] = 850_123_456 })
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (answer.Status, answer.Code));
    }
}
