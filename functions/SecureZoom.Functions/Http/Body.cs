using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SecureZoom.Functions.Http;

/// <summary>Reads a request's body, within limits.</summary>
internal static class Body
{
    /// <summary>The largest JSON request of our own calls, in bytes.</summary>
    public const int MaxJson = 64 * 1024;

    /// <summary>The largest webhook, in bytes.</summary>
    public const int MaxWebhook = 1024 * 1024;

    private static readonly string[] Json = ["application/json"];

    /// <summary>A body's JSON: what is sent as UTF-8 may say so in front (RFC 8259, 8.1, lets a parser take that).</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    /// <summary>The body's bytes, exactly as they came.</summary>
    /// <exception cref="RequestException">The body is not JSON by its content type, or larger than the limit.</exception>
    public static Task<ReadOnlyMemory<byte>> ReadJsonAsync(HttpRequest request, int limit, CancellationToken cancellationToken) =>
        ReadAsync(request, Json, limit, cancellationToken);

    /// <inheritdoc cref="ReadJsonAsync"/>
    /// <param name="contentTypes">Those that are taken, each in UTF-8.</param>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(
        HttpRequest request, IReadOnlyList<string> contentTypes, int limit, CancellationToken cancellationToken)
    {
        if (!IsOneOf(contentTypes, request.ContentType))
        {
            throw new RequestException(RequestError.UnsupportedMediaType, $"Send {string.Join(" or ", contentTypes)} in UTF-8.");
        }

        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        var buffer = new ArrayBufferWriter<byte>((int)Math.Min(request.ContentLength ?? 4096, limit) + 1);
        while (true)
        {
            var read = await ReadAsync(request, buffer.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > limit)
            {
                throw TooLarge(limit);
            }
        }
    }

    /// <exception cref="ConnectionAbortedException">
    /// The caller is gone. The server cancels the read then, often before anything else tells so, or fails it.
    /// </exception>
    /// <exception cref="BadHttpRequestException">The body is not what its headers announce, too large, or too slow.</exception>
    private static async ValueTask<int> ReadAsync(HttpRequest request, Memory<byte> memory, CancellationToken cancellationToken)
    {
        try
        {
            return await request.Body.ReadAsync(memory, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException and not BadHttpRequestException)
        {
            throw new ConnectionAbortedException("The caller has left in the middle of the body.", exception);
        }
    }

    private static RequestException TooLarge(int limit) =>
        new(RequestError.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The body may hold {limit} bytes."));

    private static bool IsOneOf(IReadOnlyList<string> contentTypes, string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && contentTypes.Any(taken => type.MediaType.Equals(taken, StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
