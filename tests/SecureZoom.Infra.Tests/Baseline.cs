namespace SecureZoom.Infra.Tests;

/// <summary>The security baseline. Each rule has at least one of the <see cref="Mutations"/> that break it.</summary>
internal static class Baseline
{
    internal static readonly Rule[] Rules =
    [
        .. StorageRules.All,
        .. VaultRules.All,
        .. AppRules.All,
        .. MonitoringRules.All,
        .. AccessRules.All,
    ];

    /// <summary>What is wrong, one line for each violation, the rule's name first.</summary>
    internal static IEnumerable<string> Violations(Deployment deployment) =>
        Rules.SelectMany(rule => rule.Violations(deployment).Select(violation => $"{rule.Name}: {violation}"));
}
