using System.Collections.Concurrent;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Hears what Zoom answers to an app, and can lose an answer on its way.</summary>
internal sealed class Eavesdropper : DelegatingHandler
{
    private readonly ConcurrentQueue<string> _answers;
    private readonly Func<HttpRequestMessage, bool> _loses;

    public Eavesdropper(ConcurrentQueue<string> answers, Func<HttpRequestMessage, bool>? loses = null)
    {
        _answers = answers;
        _loses = loses ?? (_ => false);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (_loses(request))
        {
            response.Dispose();
            throw new HttpRequestException("The test loses Zoom's answer.");
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        _answers.Enqueue(await response.Content.ReadAsStringAsync(cancellationToken));
        return response;
    }
}
