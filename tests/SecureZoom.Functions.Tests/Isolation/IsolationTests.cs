using System.Net;
using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Isolation;

/// <summary>For every pair of organisations and every call: the one's most powerful person meets the other's meeting as if it were none.</summary>
public sealed class IsolationTests(QuietCloud quiet) : IAsyncLifetime
{
    private const long Nowhere = 85_999_999_999;

    // Of this test alone: others leave meetings behind.
    private readonly Account[] _admins =
    [
        Accounts.Alice.In($"org_iso_a_{Guid.NewGuid():N}").As("zoom-admins"),
        Accounts.Dave.In($"org_iso_b_{Guid.NewGuid():N}").As("zoom-admins"),
        Accounts.Carol.In($"org_iso_c_{Guid.NewGuid():N}").As("zoom-admins"),
    ];

    private readonly StorageTap _storage = new();
    private readonly Dictionary<Account, long> _meetings = [];
    private OwnZoom _zoom = null!;
    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zoom.Settings, services => _storage.Tap(services, quiet.Cloud));
        foreach (var admin in _admins)
        {
            for (var i = 0; i < 2; i++)
            {
                var created = await _app.As(admin).PostAsync("meetings", new JsonObject { ["topic"] = $"Secret of {admin.OrganizationId}" });
                Assert.True(created.Status == HttpStatusCode.Created, created.Text);
                _meetings[admin] = (long)created.Json["id"]!;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task Another_organisation_s_meeting_is_like_one_that_does_not_exist()
    {
        foreach (var (mine, theirs) in Pairs())
        {
            var person = _app.As(mine);
            var number = _meetings[theirs];
            foreach (var (name, call) in Calls(person))
            {
                await call(Nowhere);
                var asked = _zoom.Zoom.Requests.All.Count;
                var none = await call(Nowhere);
                var other = await call(number);
                Assert.Equal((name, HttpStatusCode.NotFound, "meeting_not_found"), (name, other.Status, other.Code));
                Assert.Equal(none.WithoutTraceId(), other.WithoutTraceId());
                Assert.Equal(Headers(none), Headers(other));
                Assert.Equal(asked, _zoom.Zoom.Requests.All.Count);
                var operations = Operations(other, number);
                Assert.NotEmpty(operations);
                Assert.Equal(Operations(none, Nowhere), operations);
            }
        }

        foreach (var (admin, number) in _meetings)
        {
            var untouched = await _app.As(admin).GetAsync($"meetings/{number}");
            Assert.Equal(($"Secret of {admin.OrganizationId}", "waiting"), ((string?)untouched.Json["topic"], (string?)untouched.Json["status"]));
        }
    }

    [Fact]
    public async Task Lists_and_trails_hold_one_s_own_alone()
    {
        foreach (var (mine, theirs) in Pairs())
        {
            var person = _app.As(mine);
            var list = await person.GetAsync("meetings?pageSize=100");
            Assert.Equal(2, list.Json["meetings"]!.AsArray().Count);
            Assert.DoesNotContain(theirs.OrganizationId!, list.Text, StringComparison.Ordinal);

            var trail = await person.GetAsync($"audit?meeting={_meetings[theirs]}&action=meeting.created");
            Assert.Equal("""{"records":[]}""", trail.Text);
            foreach (var organization in (string[])[theirs.OrganizationId!, "org_iso_none", "unassigned"])
            {
                Assert.Equal("insufficient_scope", (await person.GetAsync($"audit?organization={organization}")).Code);
            }
        }
    }

    [Fact]
    public async Task Cursors_and_invitations_of_one_organisation_are_nothing_in_another()
    {
        foreach (var (mine, theirs) in Pairs())
        {
            var cursor = (string)(await _app.As(theirs).GetAsync("meetings?pageSize=1")).Json["cursor"]!;
            Assert.Equal("invalid_cursor", (await _app.As(mine).GetAsync($"meetings?cursor={cursor}")).Code);

            var invited = await _app.As(theirs).PostAsync(
                $"meetings/{_meetings[theirs]}/invitations", new JsonObject { ["organization"] = "org_iso_invited" });
            var invitation = (string)invited.Json["invitation"]!;
            var number = _meetings[theirs];
            Assert.Equal("invalid_invitation", (await _app.As(mine).GetAsync($"meetings/{number}", ("Meeting-Invitation", invitation))).Code);
            Assert.Equal("invalid_invitation", (await _app.As(mine).PostAsync(
                "signature", new JsonObject { ["meetingNumber"] = number, ["invitation"] = invitation })).Code);
        }
    }

    [Fact]
    public async Task An_operators_group_in_a_customer_s_organisation_is_nothing()
    {
        var pretender = _app.As(_admins[0].As("platform-operators"));
        Assert.Equal("insufficient_scope", (await pretender.GetAsync($"audit?organization={_admins[1].OrganizationId}")).Code);
        Assert.Equal("insufficient_scope", (await pretender.GetAsync("audit")).Code);
    }

    private IEnumerable<(Account Mine, Account Theirs)> Pairs() =>
        from mine in _admins from theirs in _admins where mine != theirs select (mine, theirs);

    private static IEnumerable<(string Name, Func<long, Task<Answer>> Call)> Calls(Person person)
    {
        yield return ("sign 0", number => person.PostAsync("signature", new JsonObject { ["meetingNumber"] = number }));
        yield return ("sign 1", number => person.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["role"] = 1 }));
        yield return ("read", number => person.GetAsync($"meetings/{number}"));
        yield return ("change", number => person.PatchAsync($"meetings/{number}", new JsonObject { ["topic"] = "Taken" }));
        yield return ("delete", number => person.DeleteAsync($"meetings/{number}"));
        yield return ("end", number => person.PostAsync($"meetings/{number}/end"));
        yield return ("recordings", number => person.GetAsync($"meetings/{number}/recordings"));
        yield return ("participants", number => person.GetAsync($"meetings/{number}/participants"));
        yield return ("occurrence", number => person.GetAsync($"meetings/{number}?occurrence_id=1"));
        yield return ("delete occurrence", number => person.DeleteAsync($"meetings/{number}?occurrence_id=1"));
        yield return ("invite", number => person.PostAsync($"meetings/{number}/invitations", new JsonObject { ["organization"] = "org_x" }));
        yield return ("status", number => person.GetAsync($"meetings/{number}/status"));
        yield return ("details", number => person.GetAsync($"meetings/{number}/details"));
        yield return ("calendar", number => person.GetAsync($"meetings/{number}/calendar"));
        yield return ("passcode", number => person.PostAsync($"meetings/{number}/passcode"));
        yield return ("sign and read", number => person.PostAsync("signature", new JsonObject { ["meetingNumber"] = number, ["include"] = "meeting" }));
        yield return ("list invitations", number => person.GetAsync($"meetings/{number}/invitations"));
        yield return ("withdraw", number => person.DeleteAsync($"meetings/{number}/invitations/0123456789abcdef0123456789abcdef"));
    }

    private static string Headers(Answer answer) =>
        string.Join('\n', answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));

    private string[] Operations(Answer answer, long number) => _storage.Of((string)answer.Json["traceId"]!, $"{number}");
}
