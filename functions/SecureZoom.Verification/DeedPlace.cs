using System.Text.Json;

namespace SecureZoom.Verification;

/// <summary>The members of a deed that say where it belongs.</summary>
/// <param name="V">The format's version: 1.</param>
/// <param name="Log">The log's origin.</param>
/// <param name="Index">From 0.</param>
public sealed record DeedPlace(int V, string Log, long Index, string Id, DateTimeOffset RecordedAt)
{
    /// <summary>Null when the deed is no JSON or does not say.</summary>
    public static DeedPlace? Of(ReadOnlyMemory<byte> deed)
    {
        try
        {
            return JsonSerializer.Deserialize(deed.Span, VerificationJson.Default.DeedPlace) is { V: 1 } place ? place : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
