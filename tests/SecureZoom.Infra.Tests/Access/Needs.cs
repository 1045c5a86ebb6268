using System.Text.Json;

namespace SecureZoom.Infra.Tests;

/// <summary>What the app and its host do in Azure.</summary>
internal static class Needs
{
    /// <summary>
    /// What the Functions host does with the app's identity, which no test of ours can record: the queue trigger as its source has it, and
    /// what Microsoft documents for identity-based connections.
    /// </summary>
    private static readonly Need[] OfTheHost =
    [
        new("storageAccounts/strun*", [Operation.HostFunctions], "Makes its containers, leases its locks, reads the package."),
        new("queues/audit-events", [Operation.ReadQueueProperties], "Measures how many messages wait, to add instances."),
        new("queues/audit-events", [Operation.ReceiveMessage, Operation.DeleteMessage], "Hands messages to the app and ends them."),
        new("queues/audit-events", [Operation.UpdateMessage], "Hides a message on, and gives a failed one back."),
        new("queues/audit-events-poison", [Operation.SendMessage], "Moves a message there that failed too often."),
        new("components/appi-*", [Operation.PublishTelemetry], "Sends telemetry by identity."),
    ];

    /// <summary>The REST operations that the app's tests record, as the data actions of Azure's role definitions have them.</summary>
    private static readonly Dictionary<string, Operation> Actions = new()
    {
        ["PutBlob"] = Operation.WriteBlob,
        ["GetBlob"] = Operation.ReadBlob,
        ["GetBlobProperties"] = Operation.ReadBlob,
        ["ListBlobs"] = Operation.ReadBlob,
        ["DeleteBlob"] = Operation.DeleteBlob,
        ["GetQueueMetadata"] = Operation.ReadQueueProperties,
        ["PutMessage"] = Operation.SendMessage,
        ["GetMessages"] = Operation.ReceiveMessage,
        ["UpdateMessage"] = Operation.UpdateMessage,
        ["DeleteMessage"] = Operation.DeleteMessage,
        ["QueryEntities"] = Operation.ReadEntity,
        ["InsertEntity"] = Operation.WriteEntity,
        ["ReplaceEntity"] = Operation.WriteEntity,
        ["MergeEntity"] = Operation.WriteEntity,
        ["DeleteEntity"] = Operation.DeleteEntity,
        ["GetSecret"] = Operation.GetSecret,
        ["GetSecretVersions"] = Operation.ListSecretVersions,
    };

    /// <summary>What the app's tests have recorded, and what the host does.</summary>
    internal static IReadOnlyList<Need> All { get; } = [.. Recorded(), .. OfTheHost];

    private static IEnumerable<Need> Recorded() =>
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests/vectors/operations.json"))).RootElement
            .GetProperty("operations").EnumerateObject()
            .Select(place => new Need(
                PlaceOf(place.Name),
                [.. place.Value.EnumerateArray().Select(operation => Actions[operation.GetString()!]).Distinct()],
                "The app's tests have recorded it."));

    private static string PlaceOf(string recorded) => recorded.Split(' ') switch
    {
        ["blob", var container] => $"containers/{container}",
        ["queue", var queue] => $"queues/{queue}",
        ["table", var table] => $"tables/{table}",
        ["vault", "secrets"] => "vaults/kv-*",
        _ => throw new ArgumentException($"No resource is known for '{recorded}'."),
    };
}
