using SecureZoom.Sandbox.Identity;
await using var idp = await IdentityProvider.StartAsync(new IdentityProviderOptions { Port = 17272 }, CancellationToken.None);
Console.WriteLine(idp.Address);
await Task.Delay(-1);
