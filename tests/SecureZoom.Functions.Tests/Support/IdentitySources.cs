using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Support;

/// <summary>Three customers' sources beside the ones of <see cref="Cloud"/>: two at Okta, one at Auth0, and the events that they send.</summary>
internal static class IdentitySources
{
    public const string North = "org_north";
    public const string South = "org_south";
    public const string NorthSecret = "north-hook-secret";
    public const string SouthSecret = "south-hook-secret";
    public const string StreamSecret = "north-stream-secret";

    public static Dictionary<string, string?> Settings => new()
    {
        ["IdentityEvents:5:Type"] = "okta",
        ["IdentityEvents:5:Organizations"] = North,
        ["IdentityEvents:5:SecretName"] = "okta-north",
        ["IdentityEvents:5:Connection"] = "north-okta",
        ["IdentityEvents:6:Type"] = "okta",
        ["IdentityEvents:6:Organizations"] = South,
        ["IdentityEvents:6:SecretName"] = "okta-south",
        ["IdentityEvents:6:Connection"] = "south-okta",
        ["IdentityEvents:7:Type"] = "auth0",
        ["IdentityEvents:7:Organizations"] = North,
        ["IdentityEvents:7:SecretName"] = "auth0-north",
        ["Secrets:okta-north:0"] = NorthSecret,
        ["Secrets:okta-north:1"] = "north-hook-secret-before",
        ["Secrets:okta-south"] = SouthSecret,
        ["Secrets:auth0-north"] = StreamSecret,
    };

    /// <summary>A token of a person with a subject of one's own choice, in an organisation, whose sign-in was some seconds ago.</summary>
    public static TokenOverrides Token(string subject, int? signedInAgo = 600, string? session = null) => new(Claims: new JsonObject
    {
        ["sub"] = subject,
        ["https://securezoom.example/auth_time"] = signedInAgo is { } seconds ? DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds : null,
        ["https://securezoom.example/sid"] = session,
    });

    /// <summary>An event of Okta's about a person, by an administrator.</summary>
    public static JsonObject Okta(string type, string person, DateTimeOffset? at = null, string? uuid = null, string result = "SUCCESS", string? group = null) => new()
    {
        ["uuid"] = uuid ?? Guid.NewGuid().ToString(),
        ["published"] = (at ?? DateTimeOffset.UtcNow).ToString("O"),
        ["eventType"] = type,
        ["version"] = "0",
        ["actor"] = new JsonObject { ["id"] = "00uadministrator0001", ["type"] = "User", ["alternateId"] = "admin@north.test", ["displayName"] = "Ada Admin" },
        ["client"] = new JsonObject { ["ipAddress"] = "198.51.100.9", ["userAgent"] = new JsonObject { ["rawUserAgent"] = "Mozilla/5.0" } },
        ["outcome"] = new JsonObject { ["result"] = result, ["reason"] = null },
        ["target"] = new JsonArray(
            new JsonObject { ["id"] = "00g1", ["type"] = "UserGroup", ["displayName"] = group ?? "zoom-hosts" },
            new JsonObject { ["id"] = person, ["type"] = "User", ["alternateId"] = $"{person.ToLowerInvariant()}@north.test", ["displayName"] = "Mira Holt" }),
    };

    public static JsonObject Hook(params JsonNode[] events) => new()
    {
        ["eventType"] = "com.okta.event_hook",
        ["eventId"] = Guid.NewGuid().ToString(),
        ["data"] = new JsonObject { ["events"] = new JsonArray([.. events.Select(one => one.DeepClone())]) },
    };

    public static JsonObject Auth0(string type, string? user, string? logId = null, string? name = null, DateTimeOffset? at = null) => new()
    {
        ["log_id"] = logId ?? Guid.NewGuid().ToString("N"),
        ["data"] = new JsonObject
        {
            ["date"] = (at ?? DateTimeOffset.UtcNow).ToString("O"),
            ["type"] = type,
            ["ip"] = "203.0.113.7",
            ["user_agent"] = "Mozilla/5.0",
            ["user_id"] = user,
            ["user_name"] = name,
            ["client_name"] = "SecureZoom",
        },
    };

    public static Task<Answer> SendAsync(App app, string path, string? secret, JsonNode body) =>
        SendAsync(app, path, secret, Encoding.UTF8.GetBytes(body.ToJsonString()));

    /// <param name="trace">The trace that the call is a part of (W3C), by which what it caused can be told.</param>
    public static async Task<Answer> SendAsync(App app, string path, string? secret, byte[] body, string type = "application/json", string? trace = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"identity-events/{path}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (secret is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", secret);
        }

        if (trace is not null)
        {
            request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        }

        return await Answer.OfAsync(await app.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>As both providers deliver: again, until storage has been quick enough for the app to say that it has all of it.</summary>
    public static Task DeliverAsync(App app, string path, string secret, JsonNode body) =>
        DeliverAsync(app, path, secret, Encoding.UTF8.GetBytes(body.ToJsonString()));

    public static Task DeliverAsync(App app, string path, string secret, byte[] body, string type = "application/json") =>
        Delivery.MakeAsync($"the call of {path}", () => SendAsync(app, path, secret, body, type));
}
