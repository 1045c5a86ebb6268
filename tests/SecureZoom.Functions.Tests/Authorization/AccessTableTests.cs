using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Authorization;

/// <summary>Who may call what: every function of the app for everybody of the sandbox, in one table.</summary>
public sealed class AccessTableTests(Cloud cloud) : IAsyncLifetime
{
    private const string MissingToken = "401 missing_token";
    private const string NoOrganization = "403 organization_required";
    private const string NoPermission = "403 insufficient_scope";
    private const string NotHost = "403 not_host";
    private const string NotFound = "404 meeting_not_found";
    private const string NoInvitation = "404 invitation_not_found";
    private const string NoRecord = "404 record_not_found";
    private const string NoRevocation = "404 revocation_not_found";
    private const string NoChallenge = "400 invalid_request";
    private const string BadSecret = "401 invalid_secret";
    private const string BadSignature = "401 invalid_signature";

    private static readonly string[] Columns = ["alice", "bob", "carol", "audrey", "dave", "erin", "olive", "gwen", "without token"];

    // {id} is a meeting that Alice has just created, a new one for each row, and for each cell that may take it away.
    private static readonly Dictionary<string, (Request Request, string[] Expected)> Table = new()
    {
        // Alice hosts at Acme, Bob is employed there, Carol manages, Audrey audits; Dave hosts at Globex, Erin is no member there;
        // Olive operates the platform; Gwen belongs to no organisation.
        ["signature"] = (new("POST", "signature", """{"meetingNumber": {id}}"""),
            ["200", "200", "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-list"] = (new("GET", "meetings"),
            ["200", "200", "200", NoPermission, "200", NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-create"] = (new("POST", "meetings", """{"topic": "Planning"}"""),
            ["201", NoPermission, "201", NoPermission, "201", NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-get"] = (new("GET", "meetings/{id}"),
            ["200", "200", "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-update"] = (new("PATCH", "meetings/{id}", """{"topic": "Replanning"}"""),
            ["200", NoPermission, "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-delete"] = (new("DELETE", "meetings/{id}") { Consumes = true },
            ["204", NoPermission, "204", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-end"] = (new("POST", "meetings/{id}/end") { Consumes = true },
            ["204", NoPermission, "204", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-recordings"] = (new("GET", "meetings/{id}/recordings"),
            ["200", NoPermission, "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-participants"] = (new("GET", "meetings/{id}/participants"),
            ["200", NoPermission, "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-status"] = (new("GET", "meetings/{id}/status"),
            ["200", "200", "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-details"] = (new("GET", "meetings/{id}/details"),
            ["200", "200", "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-calendar"] = (new("GET", "meetings/{id}/calendar"),
            ["200", "200", "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-passcode"] = (new("POST", "meetings/{id}/passcode"),
            ["200", NoPermission, "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-invite"] = (new("POST", "meetings/{id}/invitations", """{"organization": "org_globex"}"""),
            ["201", NoPermission, "201", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-invitations"] = (new("GET", "meetings/{id}/invitations"),
            ["200", NoPermission, "200", NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["meetings-withdraw"] = (new("DELETE", "meetings/{id}/invitations/0123456789abcdef0123456789abcdef"),
            [NoInvitation, NoPermission, NoInvitation, NoPermission, NotFound, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["audit"] = (new("GET", "audit"),
            [NoPermission, NoPermission, "200", "200", NoPermission, NoPermission, "200", NoOrganization, MissingToken]),
        ["audit-verification"] = (new("GET", "audit/verification"),
            [NoPermission, NoPermission, "200", "200", NoPermission, NoPermission, "200", NoOrganization, MissingToken]),
        ["audit-summary"] = (new("GET", "audit/summary"),
            [NoPermission, NoPermission, "200", "200", NoPermission, NoPermission, "200", NoOrganization, MissingToken]),
        ["audit-checkpoints"] = (new("GET", "audit/checkpoints"),
            [NoPermission, NoPermission, "200", "200", NoPermission, NoPermission, "200", NoOrganization, MissingToken]),
        ["audit-record"] = (new("GET", "audit/records/0"),
            [NoPermission, NoPermission, NoRecord, NoRecord, NoPermission, NoPermission, NoRecord, NoOrganization, MissingToken]),
        ["audit-record-proof"] = (new("GET", "audit/records/0/proof"),
            [NoPermission, NoPermission, NoRecord, NoRecord, NoPermission, NoPermission, NoRecord, NoOrganization, MissingToken]),
        ["audit-evidence"] = (new("GET", "audit/evidence?sequence=0"),
            [NoPermission, NoPermission, "400 invalid_request", "400 invalid_request", NoPermission, NoPermission, "400 invalid_request", NoOrganization, MissingToken]),
        ["audit-consistency"] = (new("GET", "audit/consistency?from=0"),
            [NoPermission, NoPermission, "200", "200", NoPermission, NoPermission, "200", NoOrganization, MissingToken]),
        ["audit-findings"] = (new("GET", "audit/findings"),
            [NoPermission, NoPermission, "200", "200", NoPermission, NoPermission, "200", NoOrganization, MissingToken]),
        ["audit-findings-known"] = (new("POST", "audit/findings", """{"organization": "org_acme", "findings": ["0123456789abcdef"], "reason": "Known."}"""),
            [NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, "200", NoOrganization, MissingToken]),
        ["audit-keys"] = (new("GET", "audit/keys"),
            ["200", "200", "200", "200", "200", "200", "200", "200", "200"]),
        ["openapi"] = (new("GET", "openapi.json"),
            ["200", "200", "200", "200", "200", "200", "200", "200", "200"]),
        ["docs"] = (new("GET", "docs"),
            ["200", "200", "200", "200", "200", "200", "200", "200", "200"]),
        ["me"] = (new("GET", "me"),
            ["200", "200", "200", "200", "200", "200", "200", "200", MissingToken]),
        ["health"] = (new("GET", "health"),
            ["200", "200", "200", "200", "200", "200", "200", "200", "200"]),
        ["audit-erasures-create"] = (new("POST", "audit/erasures", """{"person": "nobody@acme.example", "reason": "a test"}"""),
            [NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["audit-erasures-list"] = (new("GET", "audit/erasures"),
            [NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["audit-erasures-read"] = (new("GET", "audit/erasures/0123456789abcdef0123456789abcdef"),
            [NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["audit-erasures-withdraw"] = (new("DELETE", "audit/erasures/0123456789abcdef0123456789abcdef"),
            [NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["revocations-create"] = (new("POST", "revocations", """{"session": "access-table", "reason": "a test"}"""),
            [NoPermission, NoPermission, "201", NoPermission, NoPermission, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["revocations-list"] = (new("GET", "revocations"),
            [NoPermission, NoPermission, "200", NoPermission, NoPermission, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["revocations-lift"] = (new("DELETE", "revocations/0123456789abcdef0123456789abcdef"),
            [NoPermission, NoPermission, NoRevocation, NoPermission, NoPermission, NoPermission, NoPermission, NoOrganization, MissingToken]),
        ["identity-events-okta-challenge"] = (new("GET", "identity-events/okta"),
            [NoChallenge, NoChallenge, NoChallenge, NoChallenge, NoChallenge, NoChallenge, NoChallenge, NoChallenge, NoChallenge]),
        ["identity-events-okta"] = (new("POST", "identity-events/okta", "{}"),
            [BadSecret, BadSecret, BadSecret, BadSecret, BadSecret, BadSecret, BadSecret, BadSecret, BadSecret]),
        ["identity-events-auth0"] = (new("POST", "identity-events/auth0", "{}"),
            [BadSecret, BadSecret, BadSecret, BadSecret, BadSecret, BadSecret, BadSecret, BadSecret, BadSecret]),
        ["webhook"] = (new("POST", "webhook", "{}"),
            [BadSignature, BadSignature, BadSignature, BadSignature, BadSignature, BadSignature, BadSignature, BadSignature, BadSignature]),
    };

    private App _app = null!;

    public async ValueTask InitializeAsync() => _app = await App.StartAsync(cloud);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Every_function_answers_everybody_as_the_table_says()
    {
        var functions = typeof(Composition).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>() is not null))
            .Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name);
        Assert.Equal(functions.Order(StringComparer.Ordinal), Table.Keys.Order(StringComparer.Ordinal));

        var differences = new List<string>();
        foreach (var (function, (request, expected)) in Table)
        {
            Assert.Equal(Columns.Length, expected.Length);
            var number = await CreateMeetingAsync(request);
            for (var column = 0; column < Columns.Length; column++)
            {
                var actual = await AskAsync(request, number, column);
                if (actual != expected[column])
                {
                    differences.Add($"{function}, {Columns[column]}: {expected[column]} by the table, {actual} in fact");
                }

                number = request.Consumes && actual.StartsWith('2') ? await CreateMeetingAsync(request) : number;
            }
        }

        Assert.Empty(differences);
    }

    [Fact]
    public async Task Who_may_host_changes_their_own_meetings_only()
    {
        // Carol is an admin as well, so she may change Alice's; Alice may not change Carol's.
        var carols = await _app.As(Accounts.Carol).PostAsync("meetings", new JsonObject { ["topic"] = "Board" });
        var answer = await _app.As(Accounts.Alice).PatchAsync($"meetings/{carols.Json["id"]}", new JsonObject { ["topic"] = "Mine" });
        Assert.Equal(NotHost, Describe(answer));
    }

    private async Task<string> AskAsync(Request request, string number, int column)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path.Replace("{id}", number, StringComparison.Ordinal));
        if (request.Body is { } body)
        {
            message.Content = new StringContent(body.Replace("{id}", number, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        }

        if (Token(column) is { } token)
        {
            message.Headers.Authorization = new("Bearer", token);
        }

        return Describe(await Answer.OfAsync(await _app.Http.SendAsync(message, TestContext.Current.CancellationToken)));
    }

    /// <summary>Everybody of the sandbox in turn; then nobody.</summary>
    private string? Token(int column) => column < Accounts.All.Count ? _app.As(Accounts.All[column]).Token : null;

    private async Task<string> CreateMeetingAsync(Request request)
    {
        if (!$"{request.Path}{request.Body}".Contains("{id}", StringComparison.Ordinal))
        {
            return "";
        }

        var created = await _app.As(Accounts.Alice).PostAsync("meetings", new JsonObject { ["topic"] = "Planning" });
        return created.Json["id"]!.ToString();
    }

    private static string Describe(Answer answer)
    {
        var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
        return answer.Code is { } code ? $"{status} {code}" : status;
    }

    /// <summary>A well-formed call of a function.</summary>
    /// <param name="Method">GET, POST ...</param>
    /// <param name="Path">Below <c>/api/</c>; <c>{id}</c> stands for a meeting's number, also in the body.</param>
    /// <param name="Body">JSON.</param>
    private sealed record Request(string Method, string Path, string? Body = null)
    {
        /// <summary>Whether the meeting is another one afterwards.</summary>
        public bool Consumes { get; init; }
    }
}
