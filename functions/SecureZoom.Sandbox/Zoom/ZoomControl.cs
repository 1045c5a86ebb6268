using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SecureZoom.Sandbox.Hosting;

namespace SecureZoom.Sandbox.Zoom;

/// <summary>
/// The stand-in's own calls below <c>/sandbox</c>: let something happen or go wrong, see what was asked. A page of
/// another origin cannot make them: they take JSON only, which a browser asks leave for, and no one grants it.
/// </summary>
internal sealed class ZoomControl(
    ZoomStandInOptions options,
    MeetingStore meetings,
    MeetingCourse course,
    WebhookSender webhooks,
    RequestLog requests,
    Faults faults)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public void Map(IEndpointRouteBuilder routes)
    {
        var control = routes.MapGroup("/sandbox");
        control.AddEndpointFilter((context, next) =>
            HttpMethods.IsPost(context.HttpContext.Request.Method) && !context.HttpContext.Request.HasJsonContentType()
                ? ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status415UnsupportedMediaType))
                : next(context));
        control.MapGet("/requests", () => requests.All);
        control.MapPost("/faults", AddFaultAsync);
        control.MapDelete("/faults", faults.Clear);
        control.MapPost("/events", (Delegate)SendEventAsync);
        control.MapPost("/validate-webhook", ValidateWebhookAsync);
        control.MapPost("/meetings/{meetingId}/{happening}", LetHappenAsync);
    }

    private async Task<IResult> AddFaultAsync(HttpRequest request)
    {
        Fault? fault;
        try
        {
            fault = (await JsonBody.ReadAsync(request))?.Deserialize<Fault>(Json);
        }
        catch (JsonException)
        {
            fault = null;
        }

        if (fault is null || string.IsNullOrEmpty(fault.Path) || fault.Status is not (0 or (>= 200 and < 600)))
        {
            return Results.BadRequest(new { message = "Expected {path, status, times?, method?, retryAfter?, delayMs?}." });
        }

        faults.Add(fault);
        return Results.NoContent();
    }

    private async Task<IResult> SendEventAsync(HttpContext context)
    {
        var request = context.Request;
        long? timestamp = long.TryParse(request.Headers["Sandbox-Timestamp"], CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;
        byte[] body;
        if (request.Headers["Sandbox-Raw"] == "true")
        {
            using var raw = new MemoryStream();
            await request.Body.CopyToAsync(raw, context.RequestAborted);
            body = raw.ToArray();
        }
        else if (await JsonBody.ReadAsync(request) is { } webhook && webhook["event"] is not null)
        {
            body = WebhookSender.Serialize(Complete(webhook));
        }
        else
        {
            return Results.BadRequest(new { message = "Expected {event, payload, ...}." });
        }

        var (status, _) = await webhooks.DeliverAsync(body, timestamp, context.RequestAborted);
        return Results.Json(new { status });
    }

    /// <summary>Fills in what every event of Zoom's has.</summary>
    internal JsonObject Complete(JsonObject webhook)
    {
        webhook["event_ts"] ??= options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        webhook["payload"] ??= new JsonObject();
        if (webhook["payload"] is JsonObject payload)
        {
            payload["account_id"] ??= options.AccountId;
        }

        return webhook;
    }

    private async Task<IResult> ValidateWebhookAsync(CancellationToken cancellationToken)
    {
        var plainToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(11));
        var (status, body) = await webhooks.DeliverAsync(
            WebhookSender.Serialize(new JsonObject
            {
                ["payload"] = new JsonObject { ["plainToken"] = plainToken },
                ["event_ts"] = options.Time.GetUtcNow().ToUnixTimeMilliseconds(),
                ["event"] = "endpoint.url_validation",
            }),
            timestamp: null,
            cancellationToken);
        return Results.Json(new { valid = status == StatusCodes.Status200OK && IsAnswer(plainToken, body), status });
    }

    private bool IsAnswer(string plainToken, string body)
    {
        try
        {
            var expected = Convert.ToHexStringLower(HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(options.WebhookSecret), Encoding.UTF8.GetBytes(plainToken)));
            var answer = JsonNode.Parse(body) as JsonObject;
            return answer?["plainToken"]?.ToString() == plainToken && answer["encryptedToken"]?.ToString() == expected;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<IResult> LetHappenAsync(string meetingId, string happening, HttpRequest request)
    {
        if (meetings.Find(meetingId) is not { } meeting)
        {
            return ZoomErrors.UnknownMeeting(meetingId);
        }

        var task = happening switch
        {
            "start" => course.StartAsync(meeting),
            "end" => course.EndAsync(meeting),
            "record" => course.RecordAsync(meeting),
            "recover" => course.RecoverAsync(meeting),
            "expire" => course.ExpireAsync(meeting),
            "give-again" => course.GiveAgainAsync(meeting),
            "join" or "leave" => course.ParticipantAsync(
                meeting, happening == "join", await JsonBody.ReadAsync(request) ?? []),
            _ => null,
        };
        if (task is null)
        {
            return Results.NotFound();
        }

        await task;
        return Results.NoContent();
    }
}
