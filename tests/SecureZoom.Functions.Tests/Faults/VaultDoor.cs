using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SecureZoom.Functions.Tests.Faults;

/// <summary>A <see cref="Door"/> for Key Vault, whose client speaks to https alone: below it, where the network would be.</summary>
internal sealed class VaultDoor(HttpMessageHandler behind) : DelegatingHandler(behind)
{
    private volatile string? _fault;

    /// <inheritdoc cref="Door.Play"/>
    public void Play(Fault? fault) => _fault = fault?.ToString();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        switch (Enum.TryParse<Fault>(_fault, out var fault) ? fault : (Fault?)null)
        {
            case null:
                return await base.SendAsync(request, cancellationToken);
            case Fault.Refused:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused));
            case Fault.Reset:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "Connection reset", new IOException("Connection reset by peer"));
            case Fault.Silent:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new OperationCanceledException(cancellationToken);
            case Fault.TooMany:
                var refused = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
                refused.Headers.TryAddWithoutValidation("Retry-After", "7");
                return refused;
            case Fault.Broken:
                return new HttpResponseMessage(HttpStatusCode.InternalServerError) { Content = new StringContent("Oops") };
            case Fault.Foreign:
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>Welcome, guest!</html>", Encoding.UTF8, "text/html") };
            default:
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new HalfBody()) };
        }
    }

    /// <summary>Some bytes, and then the connection's end.</summary>
    private sealed class HalfBody : MemoryStream
    {
        private readonly Queue<byte[]> _rest = new([Encoding.UTF8.GetBytes("{\"half\": \"")]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_rest.TryDequeue(out var bytes))
            {
                throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
            }

            bytes.CopyTo(buffer);
            return ValueTask.FromResult(bytes.Length);
        }
    }
}
