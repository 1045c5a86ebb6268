namespace SecureZoom.Infra.Tests;

/// <summary>The built-in roles, and which of them the needs ask for.</summary>
internal static class Access
{
    /// <summary>
    /// Built-in roles by their ids. Storage Queue Data Message Processor lacks Update Message, by which the trigger
    /// gives a failed message back.
    /// </summary>
    private static readonly Dictionary<string, Operation[]> Roles = new()
    {
        // Storage Queue Data Message Sender, Message Processor, Reader, Contributor
        ["c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"] = [Operation.SendMessage],
        ["8a0f0c08-91a1-4084-bc3d-661d67233fed"] = [Operation.ReceiveMessage, Operation.DeleteMessage],
        ["19e7f393-937e-4f77-808e-94535e297925"] = [Operation.ReadQueueProperties],
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] =
        [
            Operation.SendMessage,
            Operation.ReadQueueProperties,
            Operation.ReceiveMessage,
            Operation.UpdateMessage,
            Operation.DeleteMessage,
        ],
        // Storage Table Data Reader, Contributor
        ["76199698-9eea-4c19-bc75-cec21354c6b6"] = [Operation.ReadEntity],
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] =
        [
            Operation.ReadEntity,
            Operation.WriteEntity,
            Operation.DeleteEntity,
        ],
        // Storage Blob Data Reader, Contributor, Owner
        ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"] = [Operation.ReadBlob],
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = [Operation.WriteBlob, Operation.ReadBlob, Operation.DeleteBlob],
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] =
        [
            Operation.WriteBlob,
            Operation.ReadBlob,
            Operation.DeleteBlob,
            Operation.HostFunctions,
        ],
        // Key Vault Secrets User
        ["4633458b-17de-408a-b874-0445c86b69e6"] = [Operation.GetSecret, Operation.ListSecretVersions],
        // Monitoring Metrics Publisher
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = [Operation.PublishTelemetry],
    };

    /// <summary>Operations that no assigned role allows.</summary>
    internal static IEnumerable<string> Missing(Deployment deployment, IEnumerable<Need> needs) =>
        from need in needs
        let allowed = deployment.All(Types.RoleAssignment)
            .Where(assignment => IsAt(assignment, need.Place))
            .SelectMany(assignment => Roles.GetValueOrDefault(RoleOf(assignment), []))
        from operation in need.Operations.Except(allowed)
        select $"{operation} on {need.Place}";

    /// <summary>Assigned roles on an unused resource, or other than the narrowest one for what the others there do not allow.</summary>
    internal static IEnumerable<string> Needless(Deployment deployment, IEnumerable<Need> needs) =>
        from assignment in deployment.All(Types.RoleAssignment)
        let others = deployment.All(Types.RoleAssignment)
            .Where(other => other.Scope == assignment.Scope && RoleOf(other) != RoleOf(assignment))
            .SelectMany(other => Roles.GetValueOrDefault(RoleOf(other), []))
        let operations = needs.Where(need => IsAt(assignment, need.Place)).SelectMany(need => need.Operations).Except(others).ToArray()
        where operations.Length == 0 || RoleOf(assignment) != Narrowest(operations)
        select $"{RoleOf(assignment)} on {assignment.Scope}";

    private static string Narrowest(Operation[] operations) =>
        Roles.Where(role => operations.All(role.Value.Contains)).MinBy(role => role.Value.Length).Key;

    private static string RoleOf(Resource assignment) => assignment.Text("properties.roleDefinitionId")!.Split('/')[^1];

    private static bool IsAt(Resource assignment, string place)
    {
        var actual = string.Join('/', assignment.Scope.Split('/')[^2..]);
        return place.EndsWith('*') ? actual.StartsWith(place[..^1], StringComparison.Ordinal) : actual == place;
    }
}
