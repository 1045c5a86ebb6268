using SecureZoom.Sandbox.Identity;
using SecureZoom.Sandbox.Zoom;
await using var idp = await IdentityProvider.StartAsync(new IdentityProviderOptions { Port = 17272 }, CancellationToken.None);
await using var zoom = await ZoomStandIn.StartAsync(new ZoomStandInOptions { Port = 17273, AccountId = "a", ClientId = "c", ClientSecret = "s", WebhookSecret = "w" }, CancellationToken.None);
Console.WriteLine(idp.Address);
await Task.Delay(-1);
