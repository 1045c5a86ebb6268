using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed class TemplateTests(Bicep bicep)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files => [.. Infra.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Compiles_without_a_warning(string file) =>
        Assert.Empty(await bicep.DiagnoseAsync(Infra.PathOf(file), Cancellation));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Is_formatted(string file)
    {
        var formatted = await bicep.FormatAsync(Infra.PathOf(file), Cancellation);

        Assert.Equal(formatted, await File.ReadAllTextAsync(Infra.PathOf(file), Cancellation));
    }

    [Fact]
    public async Task A_misspelt_property_is_noticed()
    {
        using var copy = new TemplateCopy();
        copy.Replace("modules/vault.bicep", "enablePurgeProtection", "enablePurgeProtecton");

        var diagnostics = await bicep.DiagnoseAsync(copy.PathOf("main.bicep"), Cancellation);

        Assert.Contains(diagnostics, line => line.Contains("enablePurgeProtecton", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Environments_differ_by_parameters_only()
    {
        var deployed = new List<IEnumerable<string>>();
        foreach (var size in Infra.Sizes)
        {
            using var copy = TemplateCopy.OfSize(size);
            var deployment = await bicep.ResolveAsync(copy.PathOf(Infra.ParameterFile), Cancellation);
            deployed.Add(deployment.Resources.Select(resource => resource.Id));
        }

        Assert.Equal(deployed[0], deployed[1]);
    }
}
