using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Identity;

/// <summary>The app with a clock that stands still, trusting an issuer that signs anything beside the sandbox's.</summary>
public sealed class TrustingApp(Cloud cloud) : IAsyncLifetime
{
    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));

    public TestIssuer Issuer { get; private set; } = null!;

    public App App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync("test", Clock);
        App = await App.StartAsync(
            cloud,
            new()
            {
                ["Auth0:Organizations"] = "org_acme, org_globex, org_platform",
                ["Identity:Issuers:0:Issuer"] = Issuer.Id,
                ["Identity:Issuers:0:Audience"] = Issuer.Audience,
                ["Identity:Issuers:0:Organizations"] = Issuer.Organization,
            },
            services => services.AddSingleton<TimeProvider>(Clock));
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    /// <summary><c>GET /api/me</c> with exactly these values of <c>Authorization</c>.</summary>
    public async Task<Answer> AskAsync(string path, params string[] authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = HttpVersion.Version11 };
        foreach (var value in authorization)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("Authorization", value));
        }

        return await Answer.OfAsync(await App.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }
}
