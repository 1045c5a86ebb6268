using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using SecureZoom.Functions.Edge;
using SecureZoom.Functions.Settings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Edge;

/// <summary>Where a call comes from: what the trusted proxies wrote, never what the caller says of itself.</summary>
public sealed class CallerAddressTests(Cloud cloud)
{
    [Theory]
    [InlineData(1, "198.51.100.7:51234", "198.51.100.7")]
    [InlineData(1, "198.51.100.7", "198.51.100.7")]
    [InlineData(1, "[2001:db8::7]:443", "2001:db8::7")]
    [InlineData(1, "2001:db8::7", "2001:db8::7")]
    [InlineData(1, "[::ffff:198.51.100.7]:80", "198.51.100.7")]
    [InlineData(1, "203.0.113.9, 198.51.100.7:51234", "198.51.100.7")]
    [InlineData(1, "203.0.113.9,  198.51.100.7 ", "198.51.100.7")]
    [InlineData(2, "203.0.113.9, 198.51.100.7:51234, 10.0.0.1", "198.51.100.7")]
    [InlineData(2, "198.51.100.7:51234", null)]
    [InlineData(1, "\"203.0.113.9, 198.51.100.7:51234", "198.51.100.7")]
    [InlineData(1, "somebody", null)]
    [InlineData(1, "198.51.100.7, unknown", null)]
    [InlineData(1, "", null)]
    [InlineData(1, null, null)]
    [InlineData(0, "198.51.100.7:51234", null)]
    public void It_is_the_entry_that_the_farthest_trusted_proxy_appended(int hops, string? header, string? expected)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["X-Forwarded-For"] = header;
        Assert.Equal(expected, new CallerAddress(hops).Of(request)?.ToString());
    }

    [Fact]
    public void Entries_may_come_in_several_headers()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Append("X-Forwarded-For", "203.0.113.9");
        request.Headers.Append("X-Forwarded-For", "198.51.100.7:51234");
        Assert.Equal("198.51.100.7", new CallerAddress(1).Of(request)?.ToString());
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("securezoom", null, "198.51.100.7")]
    [InlineData("securezoom", "2", "203.0.113.9")]
    public void In_Azure_one_proxy_is_trusted_and_elsewhere_none_unless_a_setting_says_so(string? siteName, string? hops, string? expected)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("WEBSITE_SITE_NAME", siteName), new("Http:ForwardedHops", hops)]).Build();
        var request = new DefaultHttpContext().Request;
        request.Headers["X-Forwarded-For"] = "203.0.113.9, 198.51.100.7:51234";
        Assert.Equal(expected, CallerAddress.Read(new SettingsReader(configuration)).Of(request)?.ToString());
    }

    [Fact]
    public async Task A_record_has_the_connection_s_address_whatever_the_caller_says()
    {
        await using var app = await App.StartAsync(cloud);
        var agent = $"caller-{Guid.NewGuid():N}";
        await app.As(Accounts.Carol).GetAsync(
            "meetings/85746382911", ("X-Forwarded-For", "203.0.113.9"), ("X-Original-For", "203.0.113.9"), ("User-Agent", agent));

        var record = await Wait.ForAsync("the refusal's record", async () =>
            (await app.As(Accounts.Carol).GetAsync("audit?outcome=denied")).Json["records"]!.AsArray()
                .FirstOrDefault(record => (string?)record!["client"]?["userAgent"] == agent));
        Assert.Equal("127.0.0.1", (string?)record["client"]!["ip"]);
    }
}
