using System.Buffers.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using System.Web;
using Microsoft.Playwright;

namespace SecureZoom.EndToEnd.Tests;

/// <summary>Where Zoom would be: a page's requests to it end here, and what its SDK asks for in order to join is kept.</summary>
internal sealed partial class ZoomDoor
{
    private readonly Channel<JoinRequest> _asked = Channel.CreateUnbounded<JoinRequest>();

    private ZoomDoor()
    {
    }

    public static async Task<ZoomDoor> CloseAsync(IPage page)
    {
        var door = new ZoomDoor();
        await page.RouteAsync(Zoom(), door.RefuseAsync);
        return door;
    }

    /// <summary>The next request to join.</summary>
    public async Task<JoinRequest> AskedAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(3));
        return await _asked.Reader.ReadAsync(deadline.Token);
    }

    private async Task RefuseAsync(IRoute route)
    {
        if (route.Request.Url.Contains("/api/v1/wc/info", StringComparison.Ordinal))
        {
            var form = HttpUtility.ParseQueryString(route.Request.PostData ?? "");
            _asked.Writer.TryWrite(new JoinRequest(form["meetingNumber"]!, form["signature"]!));
        }

        await route.AbortAsync();
    }

    [GeneratedRegex(@"^https://([^/]+\.)?zoom\.us/")]
    private static partial Regex Zoom();

    /// <summary>What the SDK sends to Zoom.</summary>
    internal sealed record JoinRequest(string MeetingNumber, string Signature)
    {
        public JsonNode Claims => JsonNode.Parse(Base64Url.DecodeFromChars(Signature.Split('.')[1]))!;

        public int Role => (int)Claims["role"]!;
    }
}
