using System.Text.Json.Nodes;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Authorization;

/// <summary>Two organisations with a Zoom account each: every call about a meeting, by everybody, for everybody's meetings.</summary>
public sealed class AccessMatrixTests(QuietCloud quiet) : IAsyncLifetime
{
    private const string Nobodys = "85999999999";

    /// <summary>What a call asks of its caller.</summary>
    private enum Needs
    {
        /// <summary>To join their organisation's meetings.</summary>
        Join,

        /// <summary>To join; the answer says as what.</summary>
        JoinAsHost,

        /// <summary>To host or manage the meeting.</summary>
        Manage,
    }

    private static readonly (string Name, Needs Needs, bool Consumes, Func<Person, string, Task<Answer>> Ask)[] Calls =
    [
        ("signature", Needs.Join, false, (person, id) => person.PostAsync("signature", new JsonObject { ["meetingNumber"] = id })),
        ("signature as host", Needs.JoinAsHost, false, (person, id) => person.PostAsync("signature", new JsonObject { ["meetingNumber"] = id, ["role"] = 1 })),
        ("get", Needs.Join, false, (person, id) => person.GetAsync($"meetings/{id}")),
        ("update", Needs.Manage, false, (person, id) => person.PatchAsync($"meetings/{id}", new JsonObject { ["topic"] = "Changed" })),
        ("recordings", Needs.Manage, false, (person, id) => person.GetAsync($"meetings/{id}/recordings")),
        ("participants", Needs.Manage, false, (person, id) => person.GetAsync($"meetings/{id}/participants")),
        ("status", Needs.Join, false, (person, id) => person.GetAsync($"meetings/{id}/status")),
        ("details", Needs.Join, false, (person, id) => person.GetAsync($"meetings/{id}/details")),
        ("calendar", Needs.Join, false, (person, id) => person.GetAsync($"meetings/{id}/calendar")),
        ("passcode", Needs.Manage, false, (person, id) => person.PostAsync($"meetings/{id}/passcode")),
        ("invite", Needs.Manage, false, (person, id) => person.PostAsync($"meetings/{id}/invitations", new JsonObject { ["organization"] = "org_guest" })),
        ("end", Needs.Manage, true, (person, id) => person.PostAsync($"meetings/{id}/end")),
        ("delete", Needs.Manage, true, (person, id) => person.DeleteAsync($"meetings/{id}")),
    ];

    private static readonly Account[] Hosts = [Accounts.Alice, Accounts.Carol, Accounts.Dave];

    private TwoZooms _zooms = null!;
    private App _app = null!;

    public async ValueTask InitializeAsync()
    {
        _zooms = await TwoZooms.StartAsync(quiet.Cloud);
        _app = await App.StartAsync(quiet.Cloud, _zooms.Settings(Accounts.Dave.OrganizationId!), _zooms.Serve);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zooms.DisposeAsync();
    }

    [Fact]
    public async Task Every_call_by_everybody_for_everybody_s_meetings_is_as_the_rules_generate_it()
    {
        var (expected, actual) = (new List<string>(), new List<string>());
        foreach (var (name, needs, consumes, ask) in Calls)
        {
            foreach (var host in Hosts.Append(null))
            {
                var number = await CreateAsync(host);
                foreach (var account in Accounts.All)
                {
                    var row = $"{name} by {account.Name} for {host?.Name ?? "nobody"}'s: ";
                    var answer = await ask(_app.As(account), number);
                    var succeeded = (int)answer.Status < 300;
                    expected.Add(row + Rule(account, needs, host));
                    actual.Add(row + (!succeeded ? answer.Code : needs == Needs.JoinAsHost ? $"role {answer.Json["role"]}" : "yes"));
                    number = consumes && succeeded ? await CreateAsync(host) : number;
                }
            }
        }

        Assert.Equal(expected, actual);
    }

    /// <summary>The rule once more, in other words than the app's.</summary>
    private static string Rule(Account account, Needs needs, Account? host)
    {
        var (joins, hosts, manages) = account.Group switch
        {
            "zoom-admins" => (true, true, true),
            "zoom-hosts" => (true, true, false),
            "employees" => (true, false, false),
            _ => (false, false, false),
        };
        return (needs, host) switch
        {
            _ when account.OrganizationId is null => "organization_required",
            _ when (needs == Needs.Manage ? !hosts && !manages : !joins) => "insufficient_scope",
            (_, null) => "meeting_not_found",
            _ when account.OrganizationId != host.OrganizationId => "meeting_not_found",
            (Needs.Manage, _) when !manages && account != host => "not_host",
            (Needs.JoinAsHost, _) => account == host ? "role 1" : "role 0",
            _ => "yes",
        };
    }

    private async Task<string> CreateAsync(Account? host)
    {
        if (host is null)
        {
            return Nobodys;
        }

        var created = await _app.As(host).PostAsync("meetings", new JsonObject { ["topic"] = "Planning" });
        return created.Json["id"]!.ToString();
    }
}
