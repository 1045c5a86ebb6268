using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using SecureZoom.Functions.Invitations;
using SecureZoom.Functions.Meetings;
using SecureZoom.Functions.Storage;
using SecureZoom.Functions.Tests.Meetings;
using SecureZoom.Functions.Tests.Support;
using SecureZoom.Functions.Zoom;
using SecureZoom.Sandbox.Identity;

namespace SecureZoom.Functions.Tests.Invitations;

/// <summary>An invitation that is withdrawn opens nothing, anywhere, however genuine it is.</summary>
public sealed class WithdrawalTests(QuietCloud quiet) : IAsyncLifetime
{
    private static readonly TimeSpan Everywhere = TimeSpan.FromSeconds(15);

    private readonly Account _alice = Accounts.Alice.In($"org_withdrawing_{Guid.NewGuid():N}");
    private readonly Account _erin = Accounts.Erin.In("org_withdrawn");
    private readonly AdjustableTime _time = new();
    private readonly StorageTap _storage = new();
    private OwnZoom _zoom = null!;
    private App _app = null!;
    private string _number = "";

    private Person Alice => _app.As(_alice);

    private OpenInvitations Open => _app.Services.GetRequiredService<OpenInvitations>();

    private MeetingRegistry Registry => _app.Services.GetRequiredService<MeetingRegistry>();

    public async ValueTask InitializeAsync()
    {
        _zoom = await OwnZoom.StartAsync(quiet.Cloud);
        _app = await StartAsync();
        _number = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Withdrawn" })).Json["id"]!.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _zoom.DisposeAsync();
    }

    [Fact]
    public async Task The_list_shows_for_whom_by_whom_until_when_and_last_used()
    {
        var first = await InviteAsync(new JsonObject { ["organization"] = "org_withdrawn" });
        var second = await InviteAsync(new JsonObject { ["email"] = _erin.Email, ["expiresInSeconds"] = 3600 });
        var (one, other) = await ListedAsync() is [{ } a, { } b] ? (a, b) : throw new InvalidOperationException();
        Assert.Equal(["id", "organization", "createdBy", "expiresAt"], one.AsObject().Select(member => member.Key));
        Assert.Equal(
            ((string?)first["id"], "org_withdrawn", "Alice Adams", (string?)first["expiresAt"]),
            ((string?)one["id"], (string?)one["organization"], (string?)one["createdBy"], (string?)one["expiresAt"]));
        Assert.Equal(((string?)second["id"], _erin.Email), ((string?)other["id"], (string?)other["email"]));

        Assert.Equal(HttpStatusCode.OK, (await SignAsync(first)).Status);
        await Wait.ForAsync("the use", UsedAsync);
        Assert.NotNull((await ListedAsync())[0]!["lastUsedAt"]);
        Assert.Null((await ListedAsync())[1]!["lastUsedAt"]);
    }

    [Fact]
    public async Task A_withdrawn_invitation_is_refused_here_at_once_and_elsewhere_within_15_seconds()
    {
        await using var elsewhere = await StartAsync();
        var (invitation, kept) = (await InviteAsync(), await InviteAsync());
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(invitation, elsewhere)).Status);

        var withdrawn = await Alice.DeleteAsync($"meetings/{_number}/invitations/{invitation["id"]}");
        var since = Stopwatch.StartNew();
        Assert.Equal((HttpStatusCode.NoContent, 0), (withdrawn.Status, withdrawn.Bytes.Length));
        await AssertRefusedAsync(invitation);
        await Wait.ForAsync("the other instance to refuse", async () =>
            (await SignAsync(invitation, elsewhere)).Code == "invalid_invitation" ? "" : null);
        Assert.True(since.Elapsed < Everywhere, $"{since.Elapsed}");

        Assert.Equal(HttpStatusCode.OK, (await SignAsync(kept)).Status);
        Assert.Equal((string?)kept["id"], (string?)Assert.Single(await ListedAsync())!["id"]);
        Assert.Equal("invitation_not_found", (await Alice.DeleteAsync($"meetings/{_number}/invitations/{invitation["id"]}")).Code);
        await using var later = await StartAsync();
        await AssertRefusedAsync(invitation, later);
        var record = await Wait.ForAsync("the record", async () => (await _app.As(Accounts.Audrey.In(_alice.OrganizationId!))
            .GetAsync($"audit?meeting={_number}&action=invitation.withdrawn")).Json["records"]!.AsArray().FirstOrDefault());
        Assert.Equal((string?)invitation["id"], (string?)record["details"]!["invitation"]);
        Assert.Contains("withdrew an invitation to a meeting", (string?)record["sentence"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_withdraws_an_invitation_through_another_meeting()
    {
        var invitation = await InviteAsync();
        var other = (await Alice.PostAsync("meetings", new JsonObject { ["topic"] = "Another" })).Json["id"]!.ToString();
        Assert.Equal("invitation_not_found", (await Alice.DeleteAsync($"meetings/{other}/invitations/{invitation["id"]}")).Code);
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(invitation)).Status);
    }

    [Fact]
    public async Task Deleting_the_meeting_withdraws_every_invitation()
    {
        var (one, other) = (await InviteAsync(), await InviteAsync(new JsonObject { ["email"] = _erin.Email }));
        Assert.Equal(HttpStatusCode.NoContent, (await Alice.DeleteAsync($"meetings/{_number}")).Status);
        await AssertRefusedAsync(one);
        await AssertRefusedAsync(other);
    }

    [Fact]
    public async Task A_passcode_changed_at_Zoom_withdraws_what_was_issued_before_and_nothing_after()
    {
        var before = await InviteAsync();
        var changed = DateTimeOffset.UtcNow;
        await ProjectionOf.FollowAsync(_app, _alice, "meeting.updated", _number, changed, new JsonObject { ["passcode_changed"] = true });
        await AssertRefusedAsync(before);
        Assert.Empty(await ListedAsync());

        var after = await InviteAsync();
        await ProjectionOf.FollowAsync(_app, _alice, "meeting.updated", _number, changed, new JsonObject { ["passcode_changed"] = true });
        await ProjectionOf.FollowAsync(_app, _alice, "meeting.updated", _number, DateTimeOffset.UtcNow);
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(after)).Status);
        await AssertRefusedAsync(before);
    }

    [Theory]
    [InlineData("PUT", "/meetings(", HttpStatusCode.Conflict)]
    [InlineData("PUT", "/access(", HttpStatusCode.Created)]
    public async Task An_invitation_that_is_made_while_the_passcode_changes_opens_nothing(string method, string table, HttpStatusCode made)
    {
        var changed = 0;
        _storage.Before = async operation =>
        {
            if (operation.StartsWith(method, StringComparison.Ordinal) && operation.Contains(table, StringComparison.Ordinal)
                && Interlocked.Exchange(ref changed, 1) == 0)
            {
                await ProjectionOf.FollowAsync(
                    _app, _alice, "meeting.updated", _number, DateTimeOffset.UtcNow, new JsonObject { ["passcode_changed"] = true });
            }
        };
        var invited = await Alice.PostAsync($"meetings/{_number}/invitations", new JsonObject { ["organization"] = "org_withdrawn" });
        Assert.Equal((1, made), (changed, invited.Status));
        if (invited.Json["invitation"] is not null)
        {
            await AssertRefusedAsync(invited.Json);
        }

        Assert.Empty(await ListedAsync());
    }

    [Theory]
    [InlineData("deleted by us")]
    [InlineData("told of by Zoom")]
    [InlineData("missed by a reading")]
    public async Task A_meeting_that_is_gone_is_closed_before_its_invitations_are_withdrawn_and_trying_again_withdraws_them(string how)
    {
        var invitation = await InviteAsync();
        if (how != "deleted by us")
        {
            await _zoom.CallAsync(HttpMethod.Delete, $"meetings/{_number}");
        }

        _storage.Fails = operation => operation.Contains("revocations", StringComparison.Ordinal);
        // Whoever reads is told that there is none, whatever comes of the rest.
        Assert.Equal(how == "missed by a reading" ? "meeting_not_found" : "storage_unavailable", await NoticeAsync(how));
        Assert.Equal("meeting_not_found", (await Alice.PostAsync("signature", new JsonObject { ["meetingNumber"] = _number })).Code);
        // By its number Zoom may know somebody else's meeting by now, and is not asked.
        var asked = _zoom.Zoom.Requests.All.Count;
        foreach (var (method, path, body) in ((HttpMethod, string, JsonObject?)[])
        [
            (HttpMethod.Get, "", null),
            (HttpMethod.Get, "/status", null),
            (HttpMethod.Get, "/invitations", null),
            (HttpMethod.Patch, "", new JsonObject { ["topic"] = "Again" }),
            (HttpMethod.Post, "/end", null),
            (HttpMethod.Post, "/passcode", null),
            (HttpMethod.Post, "/invitations", new JsonObject { ["organization"] = "org_withdrawn" }),
            (HttpMethod.Delete, "", null),
        ])
        {
            var refused = (await Alice.SendAsync(method, $"meetings/{_number}{path}", body)).Code;
            Assert.Equal((method, path, method == HttpMethod.Delete ? "storage_unavailable" : "meeting_not_found"), (method, path, refused));
        }

        Assert.Equal(asked, _zoom.Zoom.Requests.All.Count);
        _storage.Fails = _ => false;
        Assert.Equal(how == "missed by a reading" ? "meeting_not_found" : null, await NoticeAsync(how));
        await AssertRefusedAsync(invitation);
        Assert.Equal("meeting_not_found", (await Alice.DeleteAsync($"meetings/{_number}")).Code);
    }

    [Fact]
    public async Task An_invitation_that_is_not_on_record_is_not_listed()
    {
        _storage.Fails = operation => operation.Contains("audit-events", StringComparison.Ordinal);
        var invited = await Alice.PostAsync($"meetings/{_number}/invitations", new JsonObject { ["organization"] = "org_withdrawn" });
        _storage.Fails = _ => false;
        Assert.Equal("audit_unavailable", invited.Code);
        Assert.Empty(await ListedAsync());
    }

    [Fact]
    public async Task Noting_a_use_gives_up_where_others_are_always_faster()
    {
        await InviteAsync();
        var (known, invitation) = (await KnownAsync(), await OpenAsync());
        var table = new TableClient(quiet.Cloud.Storage.ConnectionString, "access");
        var changes = 0;
        _storage.Before = async operation =>
        {
            // At some time the test has to end, whatever the code does.
            if (operation.StartsWith("PUT", StringComparison.Ordinal) && operation.Contains("/access(", StringComparison.Ordinal) && ++changes < 20)
            {
                var row = await table.QueryAsync<TableEntity>(row => row.RowKey == invitation.Id).SingleAsync(TestContext.Current.CancellationToken);
                await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, TestContext.Current.CancellationToken);
            }
        };
        await Open.NoteUseAsync(known.Organization, known.Number, invitation.Id, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        Assert.InRange(changes, 1, 5);
        Assert.Null((await OpenAsync()).LastUsedAt);
    }

    [Fact]
    public async Task An_instance_that_has_not_read_what_is_withdrawn_takes_no_invitation()
    {
        var invitation = await InviteAsync();
        _storage.Fails = operation => operation.Contains("revocations", StringComparison.Ordinal);
        await using var blind = await StartAsync();
        var refused = await SignAsync(invitation, blind);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (refused.Status, refused.Code));
        Assert.NotNull(refused.Headers.RetryAfter);

        Assert.Equal(HttpStatusCode.OK, (await SignAsync(invitation)).Status);
        _time.Advance(CachedPartition.Patience);
        Assert.Equal("storage_unavailable", (await SignAsync(invitation)).Code);
        _storage.Fails = _ => false;
        // Nobody waits for a reading while they fail; the next one is soon.
        _time.Advance(CachedPartition.Interval);
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(invitation)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SignAsync(invitation, blind)).Status);
    }

    private Task<App> StartAsync() => App.StartAsync(quiet.Cloud, _zoom.Settings, services =>
    {
        _storage.Tap(services, quiet.Cloud);
        services.AddSingleton<TimeProvider>(_time);
    });

    private async Task<JsonObject> InviteAsync(JsonObject? body = null)
    {
        var invited = await Alice.PostAsync($"meetings/{_number}/invitations", body ?? new JsonObject { ["organization"] = "org_withdrawn" });
        Assert.True(invited.Status == HttpStatusCode.Created, invited.Text);
        return invited.Json;
    }

    private async Task<JsonArray> ListedAsync() => (await Alice.GetAsync($"meetings/{_number}/invitations")).Json["invitations"]!.AsArray();

    private async Task<OpenInvitation?> UsedAsync() => await OpenAsync() is { LastUsedAt: not null } used ? used : null;

    /// <summary>The first invitation, from below the call, which nobody may make so often.</summary>
    private async Task<OpenInvitation> OpenAsync()
    {
        var known = await KnownAsync();
        return (await Open.ListAsync(known.Organization, known.Number, known.Registration, null, TestContext.Current.CancellationToken))[0];
    }

    /// <summary>Lets the app notice that the meeting is gone.</summary>
    /// <returns>The code of its refusal; null where it is done.</returns>
    private async Task<string?> NoticeAsync(string how) => how switch
    {
        "deleted by us" => (await Alice.DeleteAsync($"meetings/{_number}")).Code,
        "missed by a reading" => (await Alice.GetAsync($"meetings/{_number}")).Code,
        _ => await Record.ExceptionAsync(() => ProjectionOf.FollowAsync(_app, _alice, "meeting.deleted", _number, DateTimeOffset.UtcNow)) is null
            ? null
            : "storage_unavailable",
    };

    private async Task<RegisteredMeeting> KnownAsync()
    {
        Assert.True(MeetingNumber.TryParse(_number, spaced: false, out var number));
        return (await Registry.FindAsync(_alice.OrganizationId!, number, TestContext.Current.CancellationToken))!;
    }

    private Task<Answer> SignAsync(JsonObject invitation, App? app = null) => (app ?? _app).As(_erin).PostAsync(
        "signature", new JsonObject { ["meetingNumber"] = _number, ["invitation"] = (string)invitation["invitation"]! });

    private async Task AssertRefusedAsync(JsonObject invitation, App? app = null)
    {
        var signed = await SignAsync(invitation, app);
        Assert.Equal((HttpStatusCode.Forbidden, "invalid_invitation"), (signed.Status, signed.Code));
        var read = await (app ?? _app).As(_erin).GetAsync($"meetings/{_number}", ("Meeting-Invitation", (string)invitation["invitation"]!));
        Assert.Equal((HttpStatusCode.Forbidden, "invalid_invitation"), (read.Status, read.Code));
    }
}
