using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SecureZoom.Functions.Audit.Reading;

/// <summary>Writes a page of the trail: the records byte for byte as they are stored.</summary>
internal sealed class AuditPage(IReadOnlyList<ReadOnlyMemory<byte>> lines, string? cursor) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartArray("records");
        foreach (var line in lines)
        {
            writer.WriteRawValue(line.Span, skipInputValidation: true);
        }

        writer.WriteEndArray();
        if (cursor is not null)
        {
            writer.WriteString("cursor", cursor);
        }

        writer.WriteEndObject();
        await writer.FlushAsync(httpContext.RequestAborted);
    }
}
