using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using SecureZoom.Functions.Tests.Docs;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Tests.Webhooks;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>Makes requests that the contract describes, and then breaks them: the same random numbers make the same request.</summary>
internal sealed class RequestMutator(Contract contract, Specimens specimens, IReadOnlyDictionary<string, string> secrets)
{
    private const string LoneSurrogate = "@lone-surrogate@";

    private static readonly string[] ContentTypes =
    [
        "application/json; charset=utf-7", "application/json; charset=utf-16", "application/json;charset=\"", "text/plain", "",
        "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded; charset=utf-7", "a/b; c", "*/*",
    ];

    private static readonly string[] Accepts =
        ["application/json", "application/x-ndjson", "text/csv", "*/*", "text/csv;q=2", "a", "application/x-ndjson;q=0.1, application/json", ",,,;;;q=NaN"];

    private static readonly string[] WebhookEvents =
    [
        "meeting.created", "meeting.updated", "meeting.deleted", "meeting.started", "meeting.ended", "meeting.participant_joined",
        "recording.completed", "endpoint.url_validation", "phone.odd",
    ];

    public HttpContext Make(Random random, string method, string path, JsonObject operation)
    {
        var http = new DefaultHttpContext();
        var request = http.Request;
        request.Method = method;
        request.Path = $"/api{path}";
        foreach (var parameter in contract.Document["paths"]![path]!["parameters"]?.AsArray().Concat(Own()) ?? Own())
        {
            Fill(random, request, contract.Resolve(parameter!));
        }

        if (random.Next(8) == 0)
        {
            request.QueryString = request.QueryString.Add(Specimens.Pick(random, ["from", "access_token", "x", "", "\u202e"]), Specimens.Pick(random, Specimens.HostileTexts));
        }

        Introduce(random, request);
        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema)
        {
            WriteBody(random, request, BodyOf(random, path) ?? Valid(random, schema, ""), signed: path == "/webhook");
        }

        if (SecretOf(path) is { } secret && random.Next(8) > 0)
        {
            request.Headers.Authorization = secret;
        }

        return http;

        IEnumerable<JsonNode?> Own() => operation["parameters"]?.AsArray() ?? [];
    }

    private void Fill(Random random, HttpRequest request, JsonNode parameter)
    {
        var name = (string)parameter["name"]!;
        var value = random.Next(8) == 0
            ? Specimens.Pick(random, Specimens.HostileTexts)
            : Valid(random, parameter["schema"]!, name)?.ToString() ?? "";
        switch ((string)parameter["in"]!)
        {
            case "path":
                request.RouteValues[name] = value;
                break;
            case "query" when parameter["required"] is not null || random.Next(4) == 0:
                request.QueryString = request.QueryString.Add(name, value);
                break;
            case "header" when random.Next(2) == 0:
                request.Headers[name] = value;
                break;
        }
    }

    private void Introduce(Random random, HttpRequest request)
    {
        var token = Specimens.Pick(random, specimens.Tokens);
        request.Headers.Authorization = random.Next(16) switch
        {
            0 => Specimens.Pick(random, ["", "Bearer", "Bearer x", "Basic abc", $"Bearer {token}, Bearer {token}", $"Bearer  {token} "]),
            1 => $"Bearer {Encoding.UTF8.GetString(Specimens.Damaged(random, token))}",
            _ => $"Bearer {token}",
        };
        request.Headers.Accept = Specimens.Pick(random, Accepts);
        request.Headers.UserAgent = Specimens.Pick(random, Specimens.HostileTexts);
        request.Headers["X-Forwarded-For"] = Specimens.Pick(random, ["198.51.100.7:1", "a, [::1]:", ",", "[::1", "999.1.1.1"]);
    }

    /// <summary>A value as a schema describes it.</summary>
    private JsonNode? Valid(Random random, JsonNode schema, string name)
    {
        schema = contract.Resolve(schema);
        // A range is of times, or of a log's sizes.
        var kind = name is "from" or "to" && (string?)(schema["type"] as JsonValue) == "integer" ? "size" : name;
        if (specimens.Fitting(random, kind) is { } fitting)
        {
            return fitting;
        }

        if (schema["enum"] is JsonArray values)
        {
            return values[random.Next(values.Count)]?.DeepClone();
        }

        // Of several shapes of one value, the first.
        if (schema["type"] is null && schema["oneOf"] is JsonArray shapes)
        {
            return Valid(random, shapes[0]!, name);
        }

        return (string?)(schema["type"] as JsonValue) switch
        {
            "object" => Object(random, schema.AsObject()),
            "integer" => random.NextInt64((long?)schema["minimum"] ?? 0, ((long?)schema["maximum"] ?? 1000) + 1),
            "boolean" => random.Next(2) == 0,
            "array" => new JsonArray(Enumerable.Range(0, random.Next(4)).Select(_ => Valid(random, schema["items"]!, "")).ToArray()),
            _ => "Planning",
        };
    }

    private JsonObject Object(Random random, JsonObject schema)
    {
        var required = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        // Of several ways to be whole, one.
        if (schema["oneOf"] is JsonArray ways)
        {
            required.UnionWith(ways[random.Next(ways.Count)]!["required"]!.AsArray().Select(name => (string)name!));
        }

        return new JsonObject((schema["properties"]?.AsObject() ?? [])
            .Where(member => required.Contains(member.Key) || (random.Next(2) == 0 && schema["oneOf"] is null))
            .Select(member => KeyValuePair.Create(member.Key, Valid(random, member.Value!, member.Key))));
    }

    /// <summary>The secret by which a source of identity events is known; null for all other calls.</summary>
    private string? SecretOf(string path) => path switch
    {
        "/identity-events/okta" => secrets["okta-event-hook-secret"],
        "/identity-events/auth0" => secrets["auth0-log-stream-secret"],
        _ => null,
    };

    /// <summary>What others send; null for what the contract describes whole.</summary>
    private JsonNode? BodyOf(Random random, string path) => path switch
    {
        "/webhook" => random.Next(2) == 0 ? WebhookBody(random) : Specimens.Pick(random, ZoomSamples.All).DeepClone(),
        "/identity-events/okta" => IdentitySources.Hook(IdentitySources.Okta(
            Specimens.Pick(random, ["user.session.start", "user.lifecycle.suspend", "user.lifecycle.unsuspend", "group.user_membership.remove", "odd"]),
            "00u0000000000000fuzz",
            group: Specimens.Pick(random, Specimens.HostileTexts))),
        "/identity-events/auth0" => new JsonArray(IdentitySources.Auth0(
            Specimens.Pick(random, ["s", "fp", "fu", "limit_wc", "scp", "sdu", "sapi", "odd"]), "auth0|fuzz", name: Specimens.Pick(random, Specimens.HostileTexts))),
        _ => null,
    };

    private JsonObject WebhookBody(Random random) => new()
    {
        ["event"] = Specimens.Pick(random, WebhookEvents),
        ["event_ts"] = 1_795_000_000_000 + random.Next(),
        ["payload"] = new JsonObject
        {
            ["account_id"] = Cloud.ZoomAccountId,
            ["plainToken"] = "qgg8vlvZRS6UYooatFL8Aw",
            ["operator"] = "alice@acme.example",
            ["object"] = new JsonObject
            {
                ["id"] = Specimens.Pick(random, specimens.Meetings),
                ["uuid"] = "4444AAAiAAAAAiAiAiiAii==",
                ["topic"] = Specimens.Pick(random, Specimens.HostileTexts),
                ["timezone"] = "America/New_York",
                ["settings"] = new JsonObject { ["auto_recording"] = "cloud" },
                ["participant"] = new JsonObject { ["user_name"] = Specimens.Pick(random, Specimens.HostileTexts), ["email"] = "eve@example.com" },
                ["recording_files"] = new JsonArray(new JsonObject { ["id"] = "1", ["download_url"] = "https://example.com/x" }),
            },
        },
    };

    private void WriteBody(Random random, HttpRequest request, JsonNode? body, bool signed)
    {
        for (var changes = Math.Max(0, random.Next(-3, 4)); changes > 0; changes--)
        {
            Change(random, body);
        }

        var text = (body?.ToJsonString() ?? "null").Replace(LoneSurrogate, @"\ud800", StringComparison.Ordinal);
        var bytes = random.Next(8) == 0 ? Specimens.Damaged(random, text) : Encoding.UTF8.GetBytes(text);
        request.ContentType = random.Next(16) == 0 ? Specimens.Pick(random, ContentTypes) : "application/json";
        request.ContentLength = random.Next(16) switch { 0 => null, 1 => long.MaxValue, _ => bytes.Length };
        request.Body = random.Next(32) switch
        {
            0 => new BrokenBody(bytes, new BadHttpRequestException("Unexpected end of request content.")),
            1 => new BrokenBody(bytes, new BadHttpRequestException("Reading the request body timed out.", StatusCodes.Status408RequestTimeout)),
            2 => new BrokenBody(bytes, new ConnectionResetException("Reset by peer.")),
            3 => new BrokenBody(bytes, new IOException("The client reset the request stream.")),
            4 => new MemoryStream(new byte[2 * 1024 * 1024]),
            _ => new MemoryStream(bytes),
        };
        if (signed && random.Next(8) > 0)
        {
            var sent = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Headers["x-zm-request-timestamp"] = sent;
            request.Headers["x-zm-signature"] = SignedWebhook.Sign(secrets["zoom-webhook-secret"], sent, bytes);
        }
    }

    /// <summary>Changes one member somewhere in the tree.</summary>
    private static void Change(Random random, JsonNode? node)
    {
        if (node is JsonArray { Count: > 0 } items)
        {
            Change(random, items[random.Next(items.Count)]);
        }

        if (node is not JsonObject json)
        {
            return;
        }

        var name = json.Count == 0 ? "" : json.ElementAt(random.Next(json.Count)).Key;
        switch (random.Next(6))
        {
            case 0:
                json.Remove(name);
                break;
            case 1:
                json[Specimens.Pick(random, [.. Specimens.HostileTexts, LoneSurrogate])] = Specimens.Hostile(random);
                break;
            case 2:
                json[name] = LoneSurrogate;
                break;
            case 3 when json[name] is JsonObject or JsonArray:
                Change(random, json[name]);
                break;
            case 4:
                json[name.ToUpperInvariant()] = json[name]?.DeepClone();
                break;
            default:
                json[name] = Specimens.Hostile(random);
                break;
        }
    }

    /// <summary>A body that comes in part.</summary>
    private sealed class BrokenBody(byte[] bytes, Exception end) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw end;
    }
}
