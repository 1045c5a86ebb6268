using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>What people enter, as they enter it.</summary>
public sealed class ParameterTests(Bicep bicep)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Addresses_may_have_spaces_after_their_commas_and_a_comma_at_the_end()
    {
        using var copy = new TemplateCopy();
        copy.Replace(Infra.ParameterFile, "readEnvironmentVariable('ALERT_EMAILS')", "'one@acme.example, two@acme.example , '");
        copy.Replace(Infra.ParameterFile, "'ALERT_WEBHOOKS', ''", "'ALERT_WEBHOOKS', 'https://one.example/a  https://two.example/b'");
        var people = (await bicep.ResolveAsync(copy.PathOf(Infra.ParameterFile), Cancellation)).Only(Types.ActionGroup);

        Assert.Equal(
            ["one@acme.example", "two@acme.example"],
            people.List("properties.emailReceivers").Select(one => one.GetProperty("emailAddress").GetString()));
        // Whoever knows these can use them: they stay out of what a deployment shows.
        Assert.Equal("[unknown()]", people.Text("properties.webhookReceivers"));
        Assert.DoesNotContain("one.example", people.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_may_be_long()
    {
        using var copy = new TemplateCopy();
        copy.Replace(
            Infra.ParameterFile,
            "json(readEnvironmentVariable('ORGANIZATIONS', '[]'))",
            "map(range(0, 500), i => { id: 'org_${i}', emailDomains: ['mail${i}.example'] })");
        var deployment = await bicep.ResolveAsync(copy.PathOf(Infra.ParameterFile), Cancellation);

        Assert.Equal("org_499", deployment.Settings["Organizations__499__Id"]);
        Assert.Equal("mail499.example", deployment.Settings["Organizations__499__EmailDomains__0"]);
    }
}
