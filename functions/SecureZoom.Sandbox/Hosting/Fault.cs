using System.Text.Json.Nodes;

namespace SecureZoom.Sandbox.Hosting;

/// <summary>Something that shall go wrong with the next requests.</summary>
/// <param name="Path">The path, or a prefix of it.</param>
/// <param name="Status">The status to answer; 0 answers as usual (after the delay).</param>
/// <param name="Times">How many requests it strikes.</param>
/// <param name="Method">The only method that it strikes.</param>
/// <param name="RetryAfter">The <c>Retry-After</c> header: seconds, or a date as text.</param>
/// <param name="DelayMs">Milliseconds to wait first; -1 waits until the faults are cleared or the client has gone.</param>
/// <param name="Code">Zoom's code in the answer; the status unless given.</param>
/// <param name="Message">Zoom's text in the answer.</param>
public sealed record Fault(
    string Path,
    int Status,
    int Times = 1,
    string? Method = null,
    JsonNode? RetryAfter = null,
    int DelayMs = 0,
    int? Code = null,
    string? Message = null);
