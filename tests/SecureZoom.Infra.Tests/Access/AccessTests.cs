using Xunit;

namespace SecureZoom.Infra.Tests;

/// <summary>The roles follow what is recorded, in both directions.</summary>
public sealed class AccessTests(Bicep bicep)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_app_begins_to_do_needs_a_role()
    {
        var deployment = await DeploymentAsync();

        Assert.Equal(
            ["ReadBlob on containers/packages"],
            Access.Missing(deployment, [.. Needs.All, new Need("containers/packages", [Operation.ReadBlob], "New.")]));
        Assert.Equal(
            ["SendMessage on queues/audit-other"],
            Access.Missing(deployment, [.. Needs.All, new Need("queues/audit-other", [Operation.SendMessage], "New.")]));
    }

    [Fact]
    public async Task What_nobody_does_any_more_needs_none()
    {
        var deployment = await DeploymentAsync();

        Assert.All(Needs.All.Select(need => need.Place).Distinct(), place => Assert.NotEmpty(
            Access.Needless(deployment, Needs.All.Where(need => need.Place != place))));
        // Whoever reads a table only is not to write it.
        Assert.NotEmpty(Access.Needless(deployment, Needs.All.Select(need => need.Place == "tables/meetings"
            ? need with { Operations = [Operation.ReadEntity] }
            : need)));
    }

    private Task<Deployment> DeploymentAsync() => bicep.ResolveAsync(Infra.PathOf(Infra.ParameterFile), Cancellation);
}
