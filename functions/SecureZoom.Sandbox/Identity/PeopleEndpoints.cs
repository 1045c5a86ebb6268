using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SecureZoom.Sandbox.Identity;

/// <summary><c>POST /sandbox/people {email, status?, mfa?}</c>, and Okta's System Log.</summary>
internal sealed class PeopleEndpoints(IdentityProviderOptions options, People people, EventFeed feed)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sandbox/people", (Delegate)ChangeAsync);
        routes.MapGet("/api/v1/logs", (Delegate)Logs);
    }

    private async Task<IResult> ChangeAsync(HttpContext context)
    {
        JsonObject? body;
        try
        {
            body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            body = null;
        }

        var email = body?["email"] is JsonValue text && text.TryGetValue<string>(out var typed) ? typed : null;
        if (body is null || email is null)
        {
            return Refuse("The body is {email, status?, mfa?}.");
        }

        if (Accounts.WithEmail(email) is not { } account)
        {
            return Results.Json(new { error = "not_found", error_description = "No account has this address." }, statusCode: StatusCodes.Status404NotFound);
        }

        var status = body["status"]?.ToString();
        if (status is not (null or "active" or "suspended"))
        {
            return Refuse("status is active or suspended.");
        }

        if (body["mfa"] is { } value && value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            return Refuse("mfa is true or false.");
        }

        people.Change(account, status is null ? null : status == "suspended", body["mfa"]?.GetValue<bool>());
        return Results.Json(new
        {
            email = account.Email,
            status = people.IsSuspended(account) ? "suspended" : "active",
            mfa = people.CodeOf(account) is not null,
            // What an authenticator app would show.
            code = people.CodeOf(account),
        });
    }

    /// <summary>A page of the log, and the link to what follows, which never ends.</summary>
    private IResult Logs(HttpContext context, int? after, int? limit, string? since)
    {
        if (options.SystemLogToken.Length == 0 || context.Request.Headers.Authorization.ToString() != $"SSWS {options.SystemLogToken}")
        {
            return Results.Json(new { errorCode = "E0000011", errorSummary = "Invalid token provided" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        var (log, from) = (feed.Log, DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.MinValue);
        var first = after ?? log.TakeWhile(one => DateTimeOffset.Parse((string)one["published"]!, CultureInfo.InvariantCulture) < from).Count();
        var page = log.Skip(first).Take(Math.Clamp(limit ?? 100, 1, 1000)).ToList();
        var next = string.Create(CultureInfo.InvariantCulture, $"{context.Request.Scheme}://{context.Request.Host}/api/v1/logs?after={first + page.Count}&limit={limit ?? 100}");
        context.Response.Headers.Append("Link", $"<{next}>; rel=\"next\"");
        return Results.Json(new JsonArray([.. page.Select(log => log.DeepClone())]));
    }

    private static IResult Refuse(string description) =>
        Results.Json(new { error = "invalid_request", error_description = description }, statusCode: StatusCodes.Status400BadRequest);
}
