namespace SecureZoom.Infra.Tests;

/// <summary>What is done to a resource. Names follow the data actions of Azure's role definitions.</summary>
internal enum Operation
{
    /// <summary>All that the Functions host does in its storage; Microsoft names one role for it.</summary>
    HostFunctions,
    WriteBlob,
    ReadBlob,
    DeleteBlob,
    ReadQueueProperties,
    SendMessage,
    ReceiveMessage,
    UpdateMessage,
    DeleteMessage,
    ReadEntity,
    WriteEntity,
    DeleteEntity,
    GetSecret,
    ListSecretVersions,
    PublishTelemetry,
}
