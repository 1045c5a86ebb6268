namespace SecureZoom.Infra.Tests;

/// <summary>Role assignments and locks.</summary>
internal static class AccessRules
{
    internal static readonly Rule[] All =
    [
        new("roles are assigned on one resource", deployment => deployment.All(Types.RoleAssignment)
            .Select(assignment => assignment.Scope)
            .Except(deployment.Resources.Select(resource => resource.Id))),
        new("roles are assigned to the app only", deployment => deployment.All(Types.RoleAssignment)
            .Where(assignment => !deployment.IsIdentity(assignment.Text("properties.principalId")))
            .Select(assignment => assignment.Scope)),
        // What is left of an identity that is gone would clash with the same name for another principal.
        Rule.Each("roles are named by scope, principal and role",
            Types.RoleAssignment, assignment => assignment.Id.EndsWith(
                $"guid('{assignment.Scope}', {assignment.Text("properties.principalId")!.Trim('[', ']')}, '{assignment.Text("properties.roleDefinitionId")!.Split('/')[^1]}'))]",
                StringComparison.Ordinal)),
        Rule.Each("each role has its reason",
            Types.RoleAssignment, assignment => assignment.Text("properties.description") is { Length: > 20 }),
        new("the app may do what it does", deployment => Access.Missing(deployment, Needs.All)),
        new("the app may do nothing else", deployment => Access.Needless(deployment, Needs.All)),
        Rule.Holds("the trail and the vault are locked", deployment =>
            deployment.All(Types.Lock)
                .Where(item => item.Text("properties.level") == "CanNotDelete")
                .Select(item => item.Scope)
                .ToHashSet()
                .SetEquals([deployment.Container("audit-checkpoints").Account, deployment.Only(Types.Vault).Id])),
    ];
}
