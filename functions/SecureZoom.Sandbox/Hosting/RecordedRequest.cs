using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>A request that a stand-in was asked. Credentials are never kept.</summary>
/// <param name="Method">GET, POST ...</param>
/// <param name="Path">The path without its query.</param>
/// <param name="Query">The query with its question mark, or empty.</param>
/// <param name="Status">What was answered.</param>
/// <param name="Time">When it was answered.</param>
/// <param name="Authorization">The scheme alone: <c>Bearer ***</c>.</param>
/// <param name="Body">The JSON body of a call to the API; other bodies may hold secrets and are not kept.</param>
public sealed record RecordedRequest(
    string Method,
    string Path,
    string Query,
    int Status,
    DateTimeOffset Time,
    string? Authorization,
    JsonNode? Body);
