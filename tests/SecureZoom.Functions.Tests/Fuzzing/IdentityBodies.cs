using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;

namespace SecureZoom.Functions.Tests.Fuzzing;

/// <summary>Bodies of identity events with something wrong in them, and one event in which nothing is: the same random numbers make the same body, but for its times and the hook's own id.</summary>
internal static class IdentityBodies
{
    private const string Person = "00u0000000000000fuzz";

    private static readonly string[] Types =
    [
        "application/json; charset=utf-16", "application/json;charset=\"", "text/html", "application/xml", "multipart/form-data; boundary=x", "application/jsonx",
    ];

    /// <summary>What stands in a member's place, as JSON, or nearly.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "[]", "{}", "\"\"", "0", "-0", "1e999", "-1.5E-400", "123456789012345678901234567890", "\"\\ud800\"", "\"\\u0000\"", "\"\\udc00x\\ud83d\"",
        "[[1],{\"a\":{}}]", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"2026-02-30\"", "\"org_acme\"",
        "\"unassigned\"", "\"*\"", "\"a|b|c\"", "\"/api/v2/users/%00%ff\"", "\"alice@acme.example\"", "\"../..\"", "\"'; --\"", "\"\\u202eabc\"", "01", "NaN", "'x'", "\"x", "}", "",
    ];

    /// <param name="id">Of the event that is as it should be.</param>
    /// <param name="isIntact">Whether nothing was done to that event.</param>
    public static byte[] Make(Random random, string type, string id, out bool isIntact, out string contentType)
    {
        var (good, bad) = type == "okta" ? (Okta("user.session.end", id), Okta(Pick(random, "user.lifecycle.suspend", "user.session.start", "odd"), Guid(random)))
            : (Auth0("slo", id), Auth0(Pick(random, "scp", "s", "fp", "sapi", "sdu", "odd"), Guid(random)));
        // An organisation that is not the source's.
        (bad["data"] as JsonObject)?.Add("organization_id", Pick(random, "org_acme", "org_globex", null));
        var raw = new List<string>();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            Change(random, bad, raw);
        }

        var events = random.Next(2) == 0 ? new[] { good, bad } : [bad, good];
        var text = Whole(random, type, events);
        for (var number = raw.Count - 1; number >= 0; number--)
        {
            text = text.Replace($"\"@{number}@\"", raw[number], StringComparison.Ordinal);
        }

        contentType = random.Next(16) == 0 ? Pick(random, Types) : "application/json";
        isIntact = true;
        var bytes = Encoding.UTF8.GetBytes(text);
        switch (random.Next(16))
        {
            case 0:
                isIntact = false;
                for (var flips = random.Next(1, 5); flips > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                }

                break;
            case 1:
                // Half a line, half a list.
                isIntact = false;
                bytes = bytes[..random.Next(bytes.Length)];
                break;
            case 2:
                bytes = [.. Encoding.UTF8.Preamble, .. bytes];
                break;
            case 3:
                bytes = [.. bytes, .. random.Next(3) switch { 0 => "\u0000"u8, 1 => "\n{"u8, _ => ","u8 }];
                break;
            case 4 when random.Next(4) == 0:
                bytes = [.. bytes, .. new byte[1024 * 1024]];
                break;
        }

        return bytes;
    }

    private static string Whole(Random random, string type, JsonObject[] events)
    {
        if (type == "okta")
        {
            return IdentitySources.Hook([.. events]).ToJsonString();
        }

        var logs = new JsonArray([.. events.Select(one => one.DeepClone())]);
        return random.Next(3) switch
        {
            0 => logs.ToJsonString(),
            1 => new JsonObject { ["logs"] = logs }.ToJsonString(),
            _ => string.Join(Pick(random, "\n", "\r\n", "\n\n", " "), events.Select(one => one.ToJsonString())),
        };
    }

    /// <summary>Does something to one member somewhere in the tree.</summary>
    private static void Change(Random random, JsonNode? node, List<string> raw)
    {
        if (node is JsonArray { Count: > 0 } items)
        {
            Change(random, items[random.Next(items.Count)], raw);
        }

        if (node is not JsonObject { Count: > 0 } json)
        {
            return;
        }

        var (name, value) = json.ElementAt(random.Next(json.Count));
        if (value is JsonObject or JsonArray && random.Next(4) > 0)
        {
            Change(random, value, raw);
            return;
        }

        switch (random.Next(6))
        {
            case 0:
                json.Remove(name);
                return;
            case 1:
                // Twice, of which the last counts.
                raw.Add($"{Pick(random, Values)},\"{name}\":{value?.ToJsonString() ?? "null"}");
                break;
            case 2:
                var depth = Pick(random, 8, 31, 40, 5_000);
                raw.Add(new string('[', depth) + new string(']', depth));
                break;
            case 3:
                raw.Add($"\"{new string('x', Pick(random, 65, 257, 300_000))}\"");
                break;
            default:
                raw.Add(Pick(random, Values));
                break;
        }

        json[name] = $"@{raw.Count - 1}@";
    }

    private static JsonObject Okta(string type, string id) => IdentitySources.Okta(type, Person, uuid: id);

    private static JsonObject Auth0(string type, string id)
    {
        var log = IdentitySources.Auth0(type, "auth0|fuzz", logId: id, name: "fuzz@fuzzed.test");
        log["data"]!["details"] = new JsonObject
        {
            ["session_id"] = "s1",
            ["request"] = new JsonObject { ["method"] = "patch", ["path"] = "/api/v2/users/auth0%7Cfuzz", ["body"] = new JsonObject { ["blocked"] = true } },
        };
        return log;
    }

    private static string Guid(Random random) => random.NextInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    private static T Pick<T>(Random random, params T[] of) => of[random.Next(of.Length)];
}
