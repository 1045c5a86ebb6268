using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SecureZoom.Sandbox;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Load;

/// <summary>The calls of people of many organisations, each of which has a meeting, and of Zoom: a person and an organisation are limited.</summary>
internal sealed class People(SandboxHost product, HttpClient http)
{
    private const int Organizations = 40;
    private const int Members = 50;
    private const int Events = 20_000;

    /// <summary>Text that makes an event as large as Zoom's usually are, about 1 KiB.</summary>
    private static readonly string Topic = string.Concat(Enumerable.Repeat("Weekly review of everything that was left open, with all who were there. ", 10));

    private readonly List<(string Host, IReadOnlyList<string> Tokens, long Meeting)> _organizations = [];

    /// <summary>Asks for a signature, each person in turn.</summary>
    public IReadOnlyList<Call> Signatures =>
        [.. from one in _organizations
            from token in one.Tokens
            select new Call(HttpMethod.Post, Bearer(token), Encoding.UTF8.GetBytes($$"""{"meetingNumber":{{one.Meeting}},"role":0}"""))];

    /// <summary>Lists an organisation's meetings.</summary>
    public IReadOnlyList<Call> Lists => [.. _organizations.Select(one => new Call(HttpMethod.Get, Bearer(one.Host), []))];

    /// <summary>Delivers an event of Zoom's: a participant has joined.</summary>
    public IReadOnlyList<Call> Webhooks() => [.. Enumerable.Range(0, Events).Select(number =>
    {
        var meeting = _organizations[number % _organizations.Count].Meeting;
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["event"] = "meeting.participant_joined",
            ["event_ts"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            ["payload"] = new JsonObject
            {
                ["account_id"] = product.Secrets["zoom-account-id"],
                ["object"] = new JsonObject
                {
                    ["id"] = meeting.ToString(CultureInfo.InvariantCulture),
                    ["uuid"] = $"uuid{meeting}==",
                    ["topic"] = Topic,
                    ["participant"] = new JsonObject { ["user_id"] = $"{number}", ["user_name"] = "Bob Brown", ["participant_uuid"] = $"{number:x8}" },
                },
            },
        }.ToJsonString());
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(product.Secrets["zoom-webhook-secret"]), signed);
        return new Call(
            HttpMethod.Post,
            new Dictionary<string, string> { ["x-zm-request-timestamp"] = timestamp, ["x-zm-signature"] = $"v0={Convert.ToHexStringLower(mac)}" },
            body);
    })];

    /// <summary>Makes the organisations, their people's tokens and their meetings.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        for (var number = 0; number < Organizations; number++)
        {
            var organization = $"org_load{number}";
            var host = product.Identity.MintToken(Member(organization, 0, "zoom-hosts"));
            string[] tokens = [.. Enumerable.Range(1, Members).Select(member => product.Identity.MintToken(Member(organization, member, "employees")))];
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(product.AppAddress, "meetings"))
            {
                Content = JsonContent.Create(new JsonObject { ["topic"] = "Weekly review" }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host);
            using var answer = await http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            var created = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            _organizations.Add((host, tokens, (long)created!["id"]!));
        }
    }

    private static Account Member(string organization, int number, string group) =>
        new($"{(number == 0 ? "carol" : $"person{number}")}@{organization.Replace('_', '-')}.test", $"Person {number}", organization, organization, "Engineering", group);

    private static Dictionary<string, string> Bearer(string token) => new() { ["Authorization"] = $"Bearer {token}" };
}
