using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using System.Web;
using Microsoft.Playwright;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>What a page says beyond this machine, and what it was given that nobody there may hear.</summary>
internal sealed partial class Wire
{
    private readonly ConcurrentQueue<string> _sent = new();
    private readonly ConcurrentQueue<JsonObject> _signatures = new();
    private readonly ConcurrentQueue<string> _tokens = new();
    private readonly Channel<NameValueCollection> _joins = Channel.CreateUnbounded<NameValueCollection>();

    /// <summary>The answers of <c>POST /api/signature</c>.</summary>
    public IReadOnlyCollection<JsonObject> Signatures => _signatures;

    /// <summary>The access, id and refresh tokens that the page was given.</summary>
    public IReadOnlyCollection<string> Tokens => _tokens;

    /// <summary>Every request to another host: address, headers, body, as sent and without escapes.</summary>
    public IReadOnlyCollection<string> Sent => _sent;

    /// <summary>Lets the SDK reach nobody: its requests are refused, or never answered.</summary>
    public static async Task<Wire> CutAsync(IPage page, bool isSilent)
    {
        var wire = new Wire();
        page.Request += (_, request) => wire.Hear(request);
        page.Response += async (_, response) => await wire.HearAsync(response);
        await page.RouteAsync(Elsewhere(), async route =>
        {
            wire.Join(route.Request);
            if (!isSilent)
            {
                await route.AbortAsync("connectionrefused");
            }
        });
        return wire;
    }

    /// <summary>The form of the SDK's next request to join.</summary>
    public Task<NameValueCollection> WhenAskedToJoinAsync(CancellationToken cancellationToken) =>
        _joins.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromMinutes(3), cancellationToken);

    private void Join(IRequest request)
    {
        if (new Uri(request.Url).AbsolutePath == "/api/v1/wc/info")
        {
            _joins.Writer.TryWrite(HttpUtility.ParseQueryString(request.PostData ?? ""));
        }
    }

    private void Hear(IRequest request)
    {
        if (Elsewhere().IsMatch(request.Url))
        {
            var headers = string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}"));
            var text = $"{request.Method} {request.Url}\n{headers}\n{request.PostData}";
            _sent.Enqueue($"{text}\n{HttpUtility.UrlDecode(text)}");
        }
    }

    private async Task HearAsync(IResponse response)
    {
        var path = new Uri(response.Url).AbsolutePath;
        if (response.Status != 200 || response.Request.Method != "POST" || path is not ("/oauth/token" or "/api/signature"))
        {
            return;
        }

        var body = JsonNode.Parse(await response.TextAsync())!.AsObject();
        if (path == "/api/signature")
        {
            _signatures.Enqueue(body);
            return;
        }

        foreach (var name in (string[])["access_token", "id_token", "refresh_token"])
        {
            if ((string?)body[name] is { } token)
            {
                _tokens.Enqueue(token);
            }
        }
    }

    [GeneratedRegex(@"^(https?|wss?)://(?!localhost[:/])")]
    private static partial Regex Elsewhere();
}
