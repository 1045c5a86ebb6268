using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed class BaselineTests(Bicep bicep)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Environments => [.. Infra.ParameterFiles];

    public static IEnumerable<TheoryDataRow<int>> Unsafe =>
        Mutations.All.Select((mutation, index) =>
            new TheoryDataRow<int>(index) { TestDisplayName = mutation.ToString() });

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task Holds(string parameterFile)
    {
        var deployment = await bicep.ResolveAsync(Infra.PathOf(parameterFile), Cancellation);

        Assert.Empty(Baseline.Violations(deployment));
    }

    [Theory]
    [MemberData(nameof(Unsafe))]
    public async Task Notices_an_unsafe_value(int mutation)
    {
        var (rule, file, safe, unsafeText) = Mutations.All[mutation];
        using var copy = new TemplateCopy();
        copy.Replace(file, safe, unsafeText);

        var deployment = await bicep.ResolveAsync(copy.PathOf("main.bicepparam"), Cancellation);

        Assert.NotEmpty(Baseline.Rules.Single(known => known.Name == rule).Violations(deployment));
    }

    [Fact]
    public void Has_a_mutation_for_every_rule() =>
        Assert.Equal(
            Baseline.Rules.Select(rule => rule.Name).Order(),
            Mutations.All.Select(mutation => mutation.Rule).Distinct().Order());
}
