using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace SecureZoom.Load;

/// <summary>A call, but for the server that it goes to, and its path there.</summary>
/// <param name="Headers">Without <c>Host</c> and <c>Content-Length</c>.</param>
internal sealed record Call(HttpMethod Method, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The request's bytes (RFC 9112).</summary>
    public byte[] ToBytes(Uri server, string path)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{Method} {path} HTTP/1.1\r\nHost: {server.Authority}\r\n");
        foreach (var (name, value) in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (Method != HttpMethod.Get)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {Body.Length}\r\n");
        }

        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. Body];
    }

    /// <summary>Makes it once.</summary>
    /// <returns>The answer's length in bytes.</returns>
    /// <exception cref="HttpRequestException">It is refused.</exception>
    public async Task<int> MakeAsync(HttpClient http, Uri server, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(Method, new Uri(server, path));
        if (Method != HttpMethod.Get)
        {
            request.Content = new ByteArrayContent(Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync(cancellationToken)).Length;
    }
}
