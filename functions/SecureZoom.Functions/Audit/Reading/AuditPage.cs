using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Audit.Trail;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Writes a page of the trail: the records as people are shown them.</summary>
/// <param name="lookedAt">What was looked through for a text; null where none was asked for.</param>
internal sealed class AuditPage(IReadOnlyList<AuditRecord> records, string? cursor, LookedAt? lookedAt) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("records");
        foreach (var record in records)
        {
            JsonSerializer.Serialize(writer, record, AuditRecordJson.Default.AuditRecord);
        }

        writer.WriteEndArray();
        if (cursor is not null)
        {
            writer.WriteString("cursor", cursor);
        }

        if (lookedAt is not null)
        {
            writer.WritePropertyName("lookedAt");
            JsonSerializer.Serialize(writer, lookedAt, AuditJson.Default.LookedAt);
        }

        writer.WriteEndObject();
        await writer.FlushAsync(httpContext.RequestAborted);
    }
}
