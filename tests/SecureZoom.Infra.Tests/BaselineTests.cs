using Xunit;

namespace SecureZoom.Infra.Tests;

public sealed class BaselineTests(Bicep bicep)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Sizes => [.. Infra.Sizes];

    public static IEnumerable<TheoryDataRow<int>> Unsafe =>
        Mutations.All.Select((mutation, index) =>
            new TheoryDataRow<int>(index) { TestDisplayName = mutation.ToString() });

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Holds(string size)
    {
        using var copy = TemplateCopy.OfSize(size);
        var deployment = await bicep.ResolveAsync(copy.PathOf(Infra.ParameterFile), Cancellation);

        Assert.Empty(Baseline.Violations(deployment));
    }

    [Theory]
    [MemberData(nameof(Unsafe))]
    public async Task Notices_an_unsafe_value(int mutation)
    {
        var (rule, file, safe, unsafeText) = Mutations.All[mutation];
        using var copy = new TemplateCopy();
        copy.Replace(file, safe, unsafeText);

        var deployment = await bicep.ResolveAsync(copy.PathOf(Infra.ParameterFile), Cancellation);

        Assert.NotEmpty(Baseline.Rules.Single(known => known.Name == rule).Violations(deployment));
    }

    [Fact]
    public void Has_a_mutation_for_every_rule() =>
        Assert.Equal(
            Baseline.Rules.Select(rule => rule.Name).Order(),
            Mutations.All.Select(mutation => mutation.Rule).Distinct().Order());
}
