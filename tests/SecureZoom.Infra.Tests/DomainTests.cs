using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>Domains of one's own.</summary>
public sealed class DomainTests(Bicep bicep)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_calls_is_told_of_them_and_the_browser_s_origin_is_the_site_s()
    {
        using var copy = new TemplateCopy();
        copy.Replace(Infra.ParameterFile, "'SITE_DOMAIN', ''", "'SITE_DOMAIN', 'meet.acme.example'");
        copy.Replace(Infra.ParameterFile, "'API_DOMAIN', ''", "'API_DOMAIN', 'api.meet.acme.example'");
        var own = await bicep.ResolveAsync(copy.PathOf(Infra.ParameterFile), Cancellation);
        var plain = await bicep.ResolveAsync(Infra.PathOf(Infra.ParameterFile), Cancellation);

        Assert.Equal("https://api.meet.acme.example/api", own.Outputs["API_URL"]);
        Assert.Equal("https://meet.acme.example", own.Outputs["SITE_URL"]);
        Assert.Equal("https://meet.acme.example", own.Settings["Site__Url"]);
        Assert.Equal("https://meet.acme.example", own.App.List("properties.siteConfig.cors.allowedOrigins").Single().GetString());
        Assert.Equal("https://api.meet.acme.example/api/health", own.Only(Types.WebTest).Text("properties.Request.RequestUrl"));
        Assert.EndsWith("/meet.acme.example", own.Only("Microsoft.Web/staticSites/customDomains").Name, StringComparison.Ordinal);
        Assert.Empty(plain.All("Microsoft.Web/staticSites/customDomains"));
        // A trail goes on under the origin that it began with.
        Assert.Equal(plain.Settings["Audit__Origin"], own.Settings["Audit__Origin"]);
    }
}
